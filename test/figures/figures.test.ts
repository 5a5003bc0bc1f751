import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterAll, describe, expect, test } from 'vitest';
import {
  createFigures,
  FigureError,
  textTwin,
  type Figure,
  type Figures,
  type Kind,
  type Requests,
} from '../../src/figures/index.ts';
import * as samples from './samples.ts';

const figures = createFigures();
afterAll(() => figures.close());

const samplesOf: { [K in Kind]: readonly Requests[K][] } = {
  formula: [
    { latex: String.raw`\hat{x}_i=\frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}` },
    { latex: String.raw`\hat{x}_i=\frac{x_i-\mu}{\sqrt{\sigma^2+\epsilon}}`, theme: 'light' },
    {
      latex: String.raw`\begin{array}{|c|c|}\hline \text{超参}&\text{值}\\\hline \beta_1&0.9\\\hline\end{array}`,
    },
    {
      latex: String.raw`\left[\begin{matrix}1\\2\\3\\4\\5\\6\end{matrix}\right]\xrightarrow{\text{softmax}}\boxed{x}\tag{1}`,
    },
  ],
  question: [samples.question, samples.lesson],
  leaderboard: [samples.leaderboard, samples.streaks, { title: '排行榜', rows: [], empty: '还没有人上榜。' }],
  bars: [samples.softmax, samples.gradients],
  line: [
    samples.loss,
    samples.accuracy,
    { title: 'flat', x: 'x', series: [{ name: 'one', points: [[1, 3]] }] },
  ],
  heatmap: [samples.calendar, samples.year],
  forecast: [
    samples.forecast,
    { ...samples.forecast, days: samples.forecast.days.map((day) => ({ ...day, count: 0 })) },
  ],
  readiness: [samples.readiness, { ...samples.readiness, rows: samples.readiness.rows.slice(0, 3) }],
  distribution: [samples.distribution],
};

const cases = (Object.keys(samplesOf) as Kind[]).flatMap((kind) =>
  samplesOf[kind].map((data, index) => [kind, index, data] as const),
);

const draw = (kind: Kind, data: Requests[Kind]): Promise<Figure> =>
  (figures[kind] as (data: Requests[Kind]) => Promise<Figure>)(data);

/** Every fourth pixel as text, to count colours by. */
const colours = async (png: Buffer): Promise<Map<string, number>> => {
  const image = await loadImage(png);
  const ctx = createCanvas(image.width, image.height).getContext('2d');
  ctx.drawImage(image, 0, 0);
  const { data } = ctx.getImageData(0, 0, image.width, image.height);
  const seen = new Map<string, number>();
  for (let i = 0; i < data.length; i += 16) {
    const colour = [data[i], data[i + 1], data[i + 2], data[i + 3]].join();
    seen.set(colour, (seen.get(colour) ?? 0) + 1);
  }
  return seen;
};

/** A formula of many terms. */
const terms = (count: number) => Array.from({ length: count }, (_, i) => `\\frac{x_{${i}}}{2}`).join('+');

/** Pictures from a worker that hangs, dies and answers as told. */
const odd = (options: object = {}) =>
  createFigures({ worker: new URL('odd-worker.ts', import.meta.url), ...options });

const ask = (from: Figures, latex: string) =>
  from.formula({ latex }).then(
    () => 'drawn',
    (error: FigureError) => error.code,
  );

describe('every picture', () => {
  const seen = new Set<string>();

  test.each(cases)('%s %i is drawn, sharp and not blank', async (kind, _, data) => {
    const { png, alt, width, height } = await draw(kind, data);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
    expect(width).toBeGreaterThanOrEqual(1080);
    expect(height).toBeGreaterThan(80);
    expect(alt.length).toBeLessThanOrEqual(1024);
    const painted = await colours(png);
    const total = [...painted.values()].reduce((sum, count) => sum + count, 0);
    const [ground] = [...painted.values()].toSorted((a, b) => b - a);
    // Mostly one ground, and things on it.
    expect(ground! / total).toBeGreaterThan(0.3);
    expect(painted.size).toBeGreaterThan(20);
    expect(alt).not.toBe('');
    // The corners are cut, so the card has an edge on any background.
    expect(painted.has('0,0,0,0')).toBe(true);
    expect(seen.has(png.toString('base64'))).toBe(false);
    seen.add(png.toString('base64'));
  });

  test('is drawn once and kept', async () => {
    const [one, other] = await Promise.all([
      figures.bars(samples.softmax),
      figures.bars({ ...samples.softmax }),
    ]);
    expect(other.png).toBe(one.png);
    expect((await figures.bars(structuredClone(samples.softmax))).png).toBe(one.png);
    expect((await figures.bars({ ...samples.softmax, title: 'other' })).png.equals(one.png)).toBe(false);
  });

  test('is the same from another worker', async () => {
    const again = createFigures();
    const [one, other] = await Promise.all([
      figures.question(samples.question),
      again.question(samples.question),
    ]);
    expect(other.png.equals(one.png)).toBe(true);
    await again.close();
  });

  test('may have nothing to say', async () => {
    const { alt, height } = await figures.question({ text: '' });
    expect([alt, height]).toEqual(['', 96]);
  });

  test('may be asked for many at a time', async () => {
    const many = await Promise.all(
      Array.from({ length: 40 }, (_, i) => figures.formula({ latex: `x^{${i}}` })),
    );
    expect(new Set(many.map(({ png }) => png.toString('base64'))).size).toBe(40);
    expect(many[7]!.alt).toBe('x⁷\nx^{7}');
  });

  test('a long formula breaks into lines instead of shrinking', async () => {
    const [short, long] = await Promise.all([
      figures.formula({ latex: terms(3) }),
      figures.formula({ latex: terms(40) }),
    ]);
    expect(long.width).toBe(short.width);
    expect(long.height).toBeGreaterThan(2.5 * short.height);
  });
});

describe('text twins', () => {
  test('say all that a picture shows', () => {
    expect(textTwin('distribution', samples.distribution)).toBe(
      [
        '每日一题 · 答案揭晓',
        '37 人作答,平均得分 68%',
        'A. 使用当前小批量的均值 μ_B 与方差 σ_B²: 9 人 · 24%',
        'B. 使用训练时累积的滑动平均: 23 人 · 62% (正确答案)',
        'C. 重新计算整个测试集的统计量,再逐个样本做归一化,最后乘上 γ 并加上 β: 5 人 · 14% (你的选择)',
        'D. 不做归一化: 0 人 · 0%',
      ].join('\n'),
    );
    const board = textTwin('leaderboard', samples.leaderboard);
    for (const name of samples.names) expect(board).toContain(name);
    expect(board).toMatch(/…\n→ 123\. 你 — 760 \(73\.3%\)$/);
    expect(textTwin('line', samples.accuracy)).toContain('you: (40, 52) (41, 58) (43, 61)');
    expect(textTwin('line', samples.loss)).toMatch(
      /训练集 train: \(0, 2\.68\) → \(590, 0\.\d+\); 0\.\d+ … 2\.68/,
    );
    expect(textTwin('readiness', samples.readiness).split('\n')).toHaveLength(44);
    expect(textTwin('question', samples.question)).toContain('A. 只在训练时使用 μ_batch');
    expect(textTwin('question', samples.lesson)).toContain('model.eval()   # running statistics');
  });
});

describe('refuses', () => {
  const label = 'x'.repeat(401);
  test.each<[name: string, code: string, ask: () => Promise<Figure>]>([
    ['bad LaTeX', 'latex', () => figures.formula({ latex: '\\frac{1' })],
    ['bad LaTeX in a text', 'latex', () => figures.question({ text: 'so $\\foo$' })],
    [
      'bad LaTeX in a label',
      'latex',
      () => figures.bars({ title: 'x', bars: [{ label: '$\\foo$', value: 1, text: '1' }] }),
    ],
    ['a formula without end', 'bounds', () => figures.formula({ latex: 'x'.repeat(4001) })],
    [
      'a formula too deep',
      'latex',
      () => figures.formula({ latex: '{'.repeat(1990) + 'x' + '}'.repeat(1990) }),
    ],
    ['a text without end', 'bounds', () => figures.question({ text: 'x'.repeat(6001) })],
    ['a text too tall', 'bounds', () => figures.question({ text: 'x\n\n'.repeat(2000) })],
    [
      'too many rows',
      'bounds',
      () =>
        figures.readiness({
          title: 'x',
          rows: Array.from({ length: 81 }, () => ({ label: 'x', share: 1, text: '1' })),
        }),
    ],
    ['no rows', 'bounds', () => figures.bars({ title: 'x', bars: [] })],
    [
      'a value that is no number',
      'bounds',
      () => figures.bars({ title: 'x', bars: [{ label: 'x', value: Number.NaN, text: '—' }] }),
    ],
    [
      'a date that is none',
      'bounds',
      () => figures.heatmap({ ...samples.calendar, days: [{ date: 'soon', level: 0 }] }),
    ],
    [
      'an endless name',
      'bounds',
      () => figures.leaderboard({ title: 'x', rows: [{ rank: 1, name: label, value: '1' }] }),
    ],
  ])('%s', async (_, code, ask) => {
    const error = await ask().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FigureError);
    expect((error as FigureError).code).toBe(code);
  });
});

describe('the worker', () => {
  test('is replaced when it hangs, dies or throws, and the others are still drawn', async () => {
    const some = odd({ timeout: 400 });
    const codes = await Promise.all(['a', 'hang', 'b', 'die', 'throw', 'c'].map((latex) => ask(some, latex)));
    expect(codes).toEqual(['drawn', 'timeout', 'drawn', 'crashed', 'crashed', 'drawn']);
    await some.close();
  });

  test('takes no more than may wait', async () => {
    const few = odd({ waiting: 2 });
    const codes = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((latex) => ask(few, latex)));
    expect(codes).toEqual(['drawn', 'drawn', 'drawn', 'busy', 'busy']);
    await few.close();
  });

  test('a picture that failed is tried anew', async () => {
    const some = odd();
    expect(await ask(some, 'die')).toBe('crashed');
    expect(await ask(some, 'die')).toBe('crashed');
    await some.close();
  });

  test('forgets the oldest when its memory is full', async () => {
    const small = odd({ remember: 4 });
    const first = await small.formula({ latex: 'aa' });
    await small.formula({ latex: 'bb' });
    expect((await small.formula({ latex: 'aa' })).png).toBe(first.png);
    await small.formula({ latex: 'cc' });
    expect((await small.formula({ latex: 'aa' })).png).toBe(first.png);
    await small.formula({ latex: 'dddd' });
    expect((await small.formula({ latex: 'aa' })).png).not.toBe(first.png);
    await small.close();
  });

  test('ends on close, with what waits', async () => {
    const some = odd();
    const codes = ['hang', 'a', 'b'].map((latex) => ask(some, latex));
    await some.close();
    expect(await Promise.all(codes)).toEqual(['closed', 'closed', 'closed']);
    expect(await ask(some, 'a')).toBe('closed');
    expect(process.getActiveResourcesInfo()).not.toContain('Worker');
  });
});
