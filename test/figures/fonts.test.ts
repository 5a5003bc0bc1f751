import { createCanvas } from '@napi-rs/canvas';
import { assert, oneof, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawable, font, graphemesOf } from '../../src/figures/fonts.ts';
import { names } from './samples.ts';

const SIZE = 24;
const canvas = createCanvas(4 * SIZE, 3 * SIZE);
const ctx = canvas.getContext('2d');

/** What a text looks like, as a string. */
const look = (text: string, weight: 'regular' | 'bold' | 'code' = 'regular'): string => {
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.font = font(SIZE, weight);
  ctx.fillText(text, SIZE, 2 * SIZE);
  return Buffer.from(ctx.getImageData(0, 0, canvas.width, canvas.height).data.buffer).toString('latin1');
};

// A code point no font has: what is drawn for it, a box or nothing, is what must never be drawn for a text.
const missing = new Set((['regular', 'bold', 'code'] as const).map((weight) => look('\u{10FFFD}', weight)));
const missed = (text: string) =>
  graphemesOf(text).filter(
    (grapheme) =>
      grapheme.trim() !== '' && (missing.has(look(grapheme)) || missing.has(look(grapheme, 'bold'))),
  );

describe('drawable', () => {
  test('a missing glyph is what the test would see', () => {
    expect(missed('a\u{10FFFD}')).toEqual(['\u{10FFFD}']);
  });

  test.each([
    ['梯度下降 🔥', '梯度下降 🔥'],
    ['𝓐𝓭𝓪 𝕃𝕠𝕧𝕖', 'Ada Love'],
    ['ＡＢ', 'ＡＢ'],
    ['김민수 ไทย', '김민수 ไทย'],
    ['꧁ꦏꦤ꧂ok', '•ok'],
    ['Z͑ͫ̓ͪ̂ͫ', 'Z͑ͫ'],
    ['a\u202Eb\u200Bc\uFEFF', 'abc'],
    ['👩‍💻🇨🇳', '👩‍💻🇨🇳'],
    ['tab\tnew\nline', 'tab new line'],
    ['w₁ x̂ᵢ ℝᵈ ∇ ‖w‖₂²', 'w₁ x̂ᵢ ℝᵈ ∇ ‖w‖₂²'],
    ['\u3164\u115F\u2800', ' '],
    ['', ''],
  ])('%s', (name, shown) => {
    expect(drawable(name)).toBe(shown);
  });

  test('names are drawn whole', () => {
    for (const name of names) {
      expect(missed(drawable(name))).toEqual([]);
      expect(look(drawable(name))).not.toBe(look(''));
    }
  });

  test('no text whatever draws a box or loses a glyph', () => {
    const anything = oneof(
      string({ unit: 'grapheme', maxLength: 12 }),
      string({ unit: 'binary', maxLength: 12 }),
    );
    assert(
      property(anything, (text) => {
        const shown = drawable(text);
        expect(missed(shown)).toEqual([]);
        expect(drawable(shown)).toBe(shown);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  test('no common Chinese character is replaced', () => {
    const han = Array.from({ length: 0x9fa5 - 0x4e00 + 1 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    expect(han.filter((char) => drawable(char) !== char)).toEqual([]);
    expect(han.filter((_, i) => i % 97 === 0).flatMap((char) => missed(char))).toEqual([]);
  });
});
