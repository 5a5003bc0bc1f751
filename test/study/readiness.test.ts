import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibration, Rating, readiness, review, weakest, type Card } from '../../src/study/index.ts';

const today = '2026-11-24';
const now = new Date('2026-11-24T12:00:00Z');
const reviewed = (rating: Rating, date = now): Card =>
  review(null, { rating, now: date, zone: 'UTC', cardId: 'x' }).card;

const questions = new Map([
  ['softmax', ['s1', 's2', 's3', 's4']],
  ['batchnorm', ['b1', 'b2']],
  ['adam', ['a1']],
  ['empty', []],
]);

describe('readiness', () => {
  test('is recall times coverage', () => {
    const [softmax, batchnorm, adam, empty] = readiness(
      questions,
      new Map([
        ['s1', reviewed(Rating.Good)],
        ['s2', reviewed(Rating.Hard)],
        ['s3', reviewed(Rating.Again)],
        ['b1', reviewed(Rating.Good)],
        ['b2', reviewed(Rating.Good)],
        ['gone', reviewed(Rating.Good)],
      ]),
      today,
    );
    expect(softmax).toEqual({
      topic: 'softmax',
      readiness: 0.5,
      coverage: 0.5,
      retention: 1,
      questions: 4,
      attempted: 3,
    });
    expect(batchnorm).toMatchObject({ readiness: 1, coverage: 1 });
    expect(adam).toMatchObject({ readiness: 0, coverage: 0, retention: 0, attempted: 0 });
    expect(empty).toMatchObject({ readiness: 0, coverage: 0, retention: 0, questions: 0 });
  });

  test('of one who got everything wrong today is nothing', () => {
    const cards = new Map(['s1', 's2', 's3', 's4'].map((id) => [id, reviewed(Rating.Again)]));
    expect(readiness(questions, cards, today)[0]!.readiness).toBe(0);
  });

  test('fades without review', () => {
    const cards = new Map([['a1', reviewed(Rating.Good)]]);
    const at = (date: string) => readiness(questions, cards, date)[2]!.readiness;
    expect(at(today)).toBe(1);
    expect(at('2026-12-24')).toBeLessThan(0.8);
    expect(at('2027-11-24')).toBeLessThan(at('2026-12-24'));
  });

  test('lies between 0 and 1', () => {
    const anyCards = fc.array(
      fc.tuple(
        fc.constantFrom('s1', 's2', 's3', 's4', 'b1', 'b2', 'a1'),
        fc.constantFrom(...Object.values(Rating)),
        fc.nat(1000),
      ),
    );
    fc.assert(
      fc.property(anyCards, (cards) => {
        const held = new Map(
          cards.map(([id, rating, ago]) => [
            id,
            reviewed(rating, new Date(now.getTime() - ago * 86_400_000)),
          ]),
        );
        for (const topic of readiness(questions, held, today)) {
          expect(topic.readiness).toBeGreaterThanOrEqual(0);
          expect(topic.readiness).toBeLessThanOrEqual(topic.coverage);
          expect(topic.readiness).toBeCloseTo(topic.coverage * topic.retention, 12);
        }
      }),
    );
  });
});

test('the weakest are what was got wrong, then what was never tried, then what is known', () => {
  const topics = readiness(
    new Map([...questions, ['gelu', ['g1', 'g2']]]),
    new Map([
      ['s1', reviewed(Rating.Good)],
      ['s2', reviewed(Rating.Again)],
      ['b1', reviewed(Rating.Good)],
      ['g1', reviewed(Rating.Again)],
    ]),
    today,
  );
  expect(weakest(topics, 10).map(({ topic }) => topic)).toEqual(['gelu', 'softmax', 'adam', 'batchnorm']);
  expect(weakest(topics, 1).map(({ topic }) => topic)).toEqual(['gelu']);
});

const answers = (confidence: 'sure' | 'unsure', right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ confidence, score: 1 })),
  ...Array.from({ length: wrong }, () => ({ confidence, score: 0 })),
];

describe('calibration', () => {
  test('is unknown without answers', () => {
    expect(calibration([])).toBeNull();
  });

  test.each([
    ['sure, and right nine times of ten', answers('sure', 9, 1), 0.09, 0],
    ['unsure, and right half the time', answers('unsure', 5, 5), 0.25, 0],
    ['sure, and always wrong', answers('sure', 0, 4), 0.81, 0.9],
    ['unsure, and always right', answers('unsure', 4, 0), 0.25, -0.5],
    ['sure, and half right', [{ confidence: 'sure', score: 0.5 } as const], 0.16, 0.4],
  ])('%s', (_name, given, brier, bias) => {
    const figure = calibration(given)!;
    expect(figure.brier).toBeCloseTo(brier, 12);
    expect(figure.bias).toBeCloseTo(bias, 12);
  });

  test('shows sure and unsure side by side', () => {
    expect(calibration([...answers('sure', 3, 1), ...answers('unsure', 1, 2)])).toMatchObject({
      sure: { answered: 4, right: 3 },
      unsure: { answered: 3, right: 1 },
    });
  });
});
