import { describe, expect, test } from 'vitest';
import { checkQuestion, checkTogether, checkTopic } from '../../../src/bank/check/check.ts';
import { fields, questionOf, topic } from '../fixtures.ts';

const { choice, multi, numeric, vector, formula, order, short, open } = fields;
const text = (zh: string, en: string) => ({ 'zh-CN': zh, 'en-US': en });
const says = text('错。', 'Wrong.');

const latexFault = (latex: string) => (latex.includes('\\alpha') ? 'no alpha here' : undefined);

const problemsOf = (content: Readonly<Record<string, unknown>>, seeds = 200) =>
  checkQuestion(questionOf(content), { seeds }).problems.map(({ field, reason }) => `${field}: ${reason}`);

describe('a question of each kind answers itself', () => {
  test.each(Object.entries(fields))('%s', (_, content) => {
    expect(problemsOf(content)).toEqual([]);
  });
});

describe('the check finds', () => {
  test.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    [
      'a mistake that is right',
      { ...formula, mistakes: [{ id: 'same', expression: 'exp(x)/(1+exp(x))', says }] },
      /^mistakes\[0\]: the mistake .* is graded correct, want wrong or partial$/,
    ],
    [
      'a formula that leaves its domain',
      { ...formula, answer: { expression: 'log(x)', variables: { x: { min: -2, max: -1 } } } },
      /^answer\.expression: the right answer .* is graded/,
    ],
    [
      'a draw that fails',
      { ...numeric, where: ['1 / (means[1] - 1) < means[7]'] },
      /^params: fails for the first draw at seed 0: .*means\[7\]/,
    ],
    [
      'conditions that hardly ever hold',
      { ...numeric, where: ['plain == 3', 'alpha == 0.2', 'means[1] == 1', 'means[2] > 4'] },
      /^params: \d+ of 200 draws are accepted; most often in the way: where: plain == 3$/,
    ],
    [
      'a mistake that never applies',
      { ...numeric, mistakes: [{ id: 'never', when: 'alpha > 1', value: '0', says }] },
      /^mistakes\[0\]\.when: never applies to none of \d+ draws$/,
    ],
    [
      'a mistake that always collides',
      { ...numeric, mistakes: [{ id: 'same', value: 'answer', says }] },
      /^params: 0 of 200 draws are accepted; .* collision: same = the answer$/,
    ],
    [
      'a $ left open',
      { ...choice, explanation: text('价 $x', 'It is $x$.') },
      /^explanation\.zh-CN: a \$ without its partner/,
    ],
    [
      'a brace left open',
      { ...choice, hint: text('看 $\\frac{1}{2$', 'See $x$.') },
      /^hint\.zh-CN: .*a \{ left open$/,
    ],
    [
      'an environment left open',
      { ...choice, hint: text('看 $$\\begin{bmatrix} 1$$', 'See $x$.') },
      /^hint\.zh-CN: .*\\begin\{bmatrix\} without its \\end$/,
    ],
    ['an empty formula', { ...choice, hint: text('看 $ $', 'See $x$.') }, /^hint\.zh-CN: an empty formula$/],
    [
      'a text not translated',
      { ...choice, explanation: text('Same in both.', 'Same in both.') },
      /^explanation\.en-US: the same as the Chinese text$/,
    ],
    [
      'English where Chinese is due',
      { ...choice, explanation: text('In English.', 'In English, too.') },
      /^explanation\.zh-CN: no Chinese in it$/,
    ],
    [
      'Chinese punctuation in English',
      { ...choice, explanation: text('讲解。', 'It ends，so.') },
      /^explanation\.en-US: Chinese punctuation$/,
    ],
    [
      "a message over Discord's limit",
      {
        ...choice,
        prompt: text('问'.repeat(2400), 'Ask?'),
        options: choice.options
          .map((option, i) => ({ ...option, text: text(`${i}${'选'.repeat(290)}`, `${i}`) }))
          .concat(
            choice.options.map((option, i) => ({
              text: text(`${i + 5}${'选'.repeat(290)}`, `${i + 5}`),
              says: says,
            })),
          ),
      },
      /^prompt\.zh-CN: \d+ characters with its options; want 3500$/,
    ],
    [
      'options that are equal',
      { ...multi, options: [...multi.options, { text: text(' 滑动均值', 'the running mean'), says }] },
      /^options\[3\]\.text\.en-US: the same as option 2$/,
    ],
    [
      'a right option that stands out',
      {
        ...choice,
        options: choice.options.map((option, i) =>
          i === 0
            ? {
                ...option,
                text: text('总体统计量', 'Those of the population, which were gathered all through training'),
              }
            : option,
        ),
      },
      /^options\[0\]\.text\.en-US: the right option stands out/,
    ],
    [
      'the answer in the prompt',
      {
        ...numeric,
        let: {
          ...numeric.let,
          last: '(1 - alpha)^2 * alpha * means[1] + (1 - alpha) * alpha * means[2] + alpha * means[3]',
        },
        prompt: text('{{means}} {{alpha}} 得 {{last}}', '{{means}} and {{alpha}} make {{last}}'),
      },
      /^prompt: shows the answer in \d+ of \d+ draws: /,
    ],
    [
      'the answer in the hint',
      { ...vector, let: { p: 'exp(z) / sum(exp(z))' }, hint: text('是 {{p}} 吗?', 'Is it {{p}}?') },
      /^hint: shows the answer/,
    ],
    [
      'the right option in the prompt',
      { ...choice, prompt: text('总体统计量在推理时有用吗?', 'Which are used?') },
      /^prompt\.zh-CN: holds the right option and no wrong one$/,
    ],
    [
      'an accepted word in the prompt',
      { ...short, prompt: text('Softmax 函数叫什么名字?', 'What is it called?') },
      /^prompt\.zh-CN: holds the answer, softmax$/,
    ],
    [
      'a rubric that the prompt meets',
      { ...open, prompt: text('为什么会上溢?', 'Why subtract the maximum?') },
      /^prompt\.zh-CN: holds phrases of the rubric: .*上溢/,
    ],
    [
      'NaN in a text',
      { ...numeric, explanation: text('得 {{0 / 0 * alpha}}。', 'It is so.') },
      /^explanation\.zh-CN: NaN in the text$/,
    ],
  ])('%s', (_, content, problem) => {
    expect(problemsOf(content)).toContainEqual(expect.stringMatching(problem));
  });

  test('what the LaTeX checker says, of the texts and of the worked solution', () => {
    const { problems } = checkQuestion(questionOf(numeric), { seeds: 50, latexFault });
    expect(problems).toContainEqual({
      field: 'prompt.en-US',
      reason: expect.stringMatching(/: no alpha here$/) as unknown,
    });
    expect(problems).toContainEqual({
      field: 'answer',
      reason: expect.stringMatching(/^solution, .*: no alpha here$/) as unknown,
    });
  });
});

describe('the check does not mind', () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['a plain dollar', { ...choice, hint: text('价格 \\$3。', 'It costs \\$3.') }],
    ['a $ in code', { ...choice, hint: text('用 `$HOME`。', 'Use `$HOME`.') }],
    [
      'a number that turns up in the prompt by chance',
      {
        ...numeric,
        prompt: text('{{means}} {{alpha}} 共 3 批 0.5 与 1', '{{means}} {{alpha}}, 3 batches, 0.5 and 1'),
      },
    ],
    [
      'both options in the prompt',
      {
        ...choice,
        prompt: text('总体统计量还是批统计量?', 'Which of the two?'),
        options: [choice.options[0], { ...choice.options[1], text: text('批统计量', 'Batch') }],
      },
    ],
    [
      'names that are the same in both languages',
      {
        ...choice,
        options: choice.options.map((option, i) => ({ ...option, text: text(`Adam${i}`, `Adam${i}`) })),
      },
    ],
    ['Chinese examples in English', { ...choice, hint: text('切分“语言，模型”。', 'Split “语言，模型”.') }],
    ['steps in any order', { ...order, steps: order.steps.toReversed() }],
  ])('%s', (_, content) => {
    expect(problemsOf(content)).toEqual([]);
  });
});

describe('rates', () => {
  test('tell how draws fare', () => {
    const { rates } = checkQuestion(questionOf(numeric), { seeds: 500 });
    expect(rates).toMatchObject({ draws: 500 });
    expect(rates!.accepted).toBeGreaterThan(400);
    expect(rates!.distinct).toBeGreaterThan(200);
    expect(rates!.rejections[0]).toMatchObject({ what: 'where: plain != 3' });
    expect(rates!.accepted + rates!.rejections.reduce((sum, { draws }) => sum + draws, 0)).toBe(500);
    expect(rates!.mistakes['plain-average']).toBe(rates!.accepted);
    expect(rates!.mistakes['small']).toBeLessThan(rates!.accepted);
  });

  test('are not asked of a question without numbers', () => {
    expect(checkQuestion(questionOf(choice), { seeds: 10 }).rates).toBeUndefined();
  });
});

const bankOf = (...contents: (readonly [string, Readonly<Record<string, unknown>>])[]) => ({
  topics: [],
  questions: new Map(contents.map(([id, content]) => [id, questionOf(content, id)])),
});

describe('a bank', () => {
  test('is told of questions that repeat one another', () => {
    const found = checkTogether(
      bankOf(['a/one', choice], ['b/two', { ...choice, level: 5, tags: ['other'] }], ['b/three', multi]),
    );
    expect(found).toEqual([{ id: 'b/two', problem: { field: 'prompt', reason: '100 % the same as a/one' } }]);
  });

  test('may ask two things of the same numbers', () => {
    const { answer } = numeric;
    const variance = {
      ...numeric,
      answer: { ...answer, output: 'runningVar[-1][0]', decimals: 2 },
      prompt: text('方差依次为 {{means}},权重 {{alpha}},求滑动方差。', 'Variances.'),
    };
    expect(checkTogether(bankOf(['a/one', numeric], ['a/two', variance]))).toEqual([]);
  });

  test('is told what is wrong with a topic', () => {
    const broken = { slug: 'a', questions: [], errata: [], ...topic, lesson: text('差 $x', 'A lesson.') };
    expect(checkTopic(broken, { seeds: 1 })).toEqual([
      { field: 'lesson.zh-CN', reason: 'a $ without its partner (a plain dollar is \\$)' },
    ]);
    expect(checkTopic({ ...broken, lesson: topic.lesson }, { seeds: 1 })).toEqual([]);
  });
});
