import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPace } from '../../src/discord/pace.ts';

const limit = { burst: 3, perSecond: 2 };

describe('a learner', () => {
  test('may do so much at once, is told once, and may go on after a rest', () => {
    let time = 0;
    const pace = createPace(limit, () => time);
    const permits = () => Array.from({ length: 5 }, () => pace('1'));
    expect(permits()).toEqual(['go', 'go', 'go', 'slow-down', 'ignore']);
    time += 1000;
    expect(permits()).toEqual(['go', 'go', 'slow-down', 'ignore', 'ignore']);
    time += 60_000;
    expect(permits()).toEqual(['go', 'go', 'go', 'slow-down', 'ignore']);
  });

  test('is not held up by another', () => {
    const pace = createPace(limit, () => 0);
    for (let press = 0; press < 1000; press += 1) pace('1');
    expect(pace('2')).toBe('go');
  });

  test('never gets more than the burst and what has come since, and is never refused at a slower pace', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1500), { maxLength: 60 }), (pauses) => {
        let time = 0;
        const pace = createPace(limit, () => time);
        let allowed = 0;
        for (const pause of pauses) {
          time += pause;
          if (pace('1') === 'go') allowed += 1;
          expect(allowed).toBeLessThanOrEqual(limit.burst + (time / 1000) * limit.perSecond + 1e-9);
        }
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 500, max: 5000 }), { maxLength: 60 }), (pauses) => {
        let time = 0;
        const pace = createPace(limit, () => time);
        for (const pause of pauses) {
          time += pause;
          expect(pace('1')).toBe('go');
        }
      }),
    );
  });

  test('is remembered among very many others', () => {
    const pace = createPace(limit, () => 0);
    for (let press = 0; press < 3; press += 1) pace('1');
    for (let other = 0; other < 25_000; other += 1) pace(`other ${other}`);
    expect(pace('1')).toBe('slow-down');
  });
});
