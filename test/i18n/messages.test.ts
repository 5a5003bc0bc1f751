import { describe, expect, test } from 'vitest';
import { compute } from '../../src/quiz/compute.ts';
import { messagesIn } from '../../src/i18n/index.ts';

const han = /\p{Script=Han}/u;

/** Every plain text of a dictionary, with its path; texts that take arguments are left out. */
function texts(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => texts(value, path === '' ? key : `${path}.${key}`));
}

describe('the dictionaries', () => {
  test('English has no Chinese in it, but for the names of languages', () => {
    const strange = texts(messagesIn('en-US')).filter(
      ([path, text]) => !path.startsWith('languages.') && han.test(text),
    );
    expect(strange).toEqual([]);
  });

  test('Chinese is Chinese, and punctuated so', () => {
    const all = texts(messagesIn('zh-CN')).filter(([path]) => path !== 'languages.en-US');
    expect(all.filter(([, text]) => !han.test(text) && /[a-z]/i.test(text))).toEqual([]);
    const outsideCode = all.map(([path, text]) => [path, text.replaceAll(/`[^`]*`/g, '')] as const);
    expect(
      outsideCode.filter(([, text]) => /\p{Script=Han}[,;:?!(]|[,;:?!)]\p{Script=Han}/u.test(text)),
    ).toEqual([]);
  });

  test('English counts in the singular and the plural', () => {
    const { points, daily } = messagesIn('en-US');
    expect([points(1), points(2), daily.answered(1), daily.answered(3)]).toEqual([
      '1 point',
      '2 points',
      '1 person has answered',
      '3 people have answered',
    ]);
  });
});

describe('a refused input, in Chinese', () => {
  const { failed } = messagesIn('zh-CN').compute;

  test.each([
    ['logits = 1, 2; temperature = 0; mask = null', '输入 temperature 不对：读到 0，需要 大于 0 的数。'],
    [
      'logits = 1, 2; temperature = 1; mask = 0',
      '输入 mask 不对：读到 长度 1，需要 长度 2（n，与 logits 一致）。',
    ],
    [
      'logits = 1, 2; temperature = 1; mask = null; x = 1',
      '输入 x 不对：读到 没有这个输入，需要 只有这些输入：logits, temperature, mask。',
    ],
  ])('%s', (typed, sentence) => {
    const result = compute('softmax', typed);
    const { path, got, want } = result.status === 'refused' ? result.error : { path: '', got: '', want: '' };
    expect(failed(path, got, want)).toBe(sentence);
  });
});
