import { define, line, refuse, say } from './define.ts';
import { entry, integer, nonNegative, positive, vector } from './fields.ts';
import { is, num, tex } from './latex.ts';

/** A schedule's longest table. */
const MAX_STEPS = 1_000_000;

const steps = (min: number) => integer(min, MAX_STEPS);

/** The point `progress` (0 to 1) along half a cosine from lr to etaMin. */
const cosineBetween = (lr: number, etaMin: number, progress: number) =>
  etaMin + ((lr - etaMin) / 2) * (1 + Math.cos(Math.PI * progress));

const table = (length: number, at: (t: number) => number) => Array.from({ length }, (_, t) => at(t));

/** Cosine annealing, closed form, for steps 0..TMax. torch.optim.lr_scheduler.CosineAnnealingLR. */
export const cosineSchedule = define({
  name: 'cosineSchedule',
  title: say('余弦退火', 'Cosine annealing'),
  fields: { lr: nonNegative(), etaMin: nonNegative(), TMax: steps(1) },
  example: { lr: 0.1, etaMin: 0.01, TMax: 4 },
  run: ({ lr, etaMin, TMax }) => ({ lrByStep: table(TMax + 1, (t) => cosineBetween(lr, etaMin, t / TMax)) }),
  explain: ({ lr, etaMin, TMax }, { lrByStep }) => {
    const middle = Math.floor(TMax / 2);
    return [
      line(
        '公式',
        'The formula',
        '\\eta_t = \\eta_{\\min} + \\tfrac12(\\eta_{\\max}-\\eta_{\\min})\\left(1+\\cos\\frac{\\pi t}{T}\\right)',
      ),
      line(
        `例如 t = ${middle}`,
        `For instance t = ${middle}`,
        tex`\eta_{${middle}} = ${etaMin} + \tfrac12 (${lr} - ${etaMin})\left(1 + \cos\frac{${middle}\pi}{${TMax}}\right) ${is(lrByStep[middle]!)}`,
      ),
      line('第 0 步到第 T 步', 'Steps 0 to T', tex`\eta = ${lrByStep}`, 'lrByStep'),
    ];
  },
});

/** Linear warm-up lr t/w for t < w, then half a cosine from lr to etaMin over totalSteps - w steps; steps 0..totalSteps. */
export const cosineWarmupSchedule = define({
  name: 'cosineWarmupSchedule',
  title: say('线性预热 + 余弦退火', 'Linear warm-up, then cosine annealing'),
  fields: { lr: nonNegative(), etaMin: nonNegative(), warmupSteps: steps(0), totalSteps: steps(1) },
  example: { lr: 0.1, etaMin: 0.01, warmupSteps: 2, totalSteps: 6 },
  run: ({ lr, etaMin, warmupSteps, totalSteps }) => {
    if (warmupSteps >= totalSteps) refuse('warmupSteps', warmupSteps, `fewer than totalSteps, ${totalSteps}`);
    return {
      lrByStep: table(totalSteps + 1, (t) =>
        t < warmupSteps
          ? (lr * t) / warmupSteps
          : cosineBetween(lr, etaMin, (t - warmupSteps) / (totalSteps - warmupSteps)),
      ),
    };
  },
  explain: ({ lr, etaMin, warmupSteps: w, totalSteps }, { lrByStep }) => {
    const early = Math.floor(w / 2);
    const later = w + Math.floor((totalSteps - w) / 2);
    return [
      ...(w === 0
        ? []
        : [
            line(
              `预热期线性上升，例如 t = ${early}`,
              `Linear rise while warming up, for instance t = ${early}`,
              tex`\eta_{${early}} = ${lr} \cdot \frac{${early}}{${w}} ${is(lrByStep[early]!)}`,
            ),
          ]),
      line(
        `预热后从 w 起算余弦，例如 t = ${later}`,
        `After the warm-up a cosine counted from w, for instance t = ${later}`,
        tex`\eta_{${later}} = ${etaMin} + \tfrac12(${lr} - ${etaMin})\left(1 + \cos\frac{${later - w}\pi}{${totalSteps - w}}\right) ${is(lrByStep[later]!)}`,
      ),
      line('第 0 步到最后一步', 'Step 0 to the last', tex`\eta = ${lrByStep}`, 'lrByStep'),
    ];
  },
});

/** Linear warm-up peak t/w for t < w, then linear decay to 0 at totalSteps, peak (T-t)/(T-w); 0 after it. At the given steps. */
export const linearWarmupSchedule = define({
  name: 'linearWarmupSchedule',
  title: say('线性预热 + 线性衰减', 'Linear warm-up, then linear decay'),
  fields: {
    peak: nonNegative(),
    warmupSteps: integer(0),
    totalSteps: integer(1),
    steps: vector('n', entry.count),
  },
  example: { peak: 1e-4, warmupSteps: 10_000, totalSteps: 1_000_000, steps: [5000, 10_000, 505_000] },
  run: ({ peak, warmupSteps, totalSteps, steps }) => {
    if (warmupSteps >= totalSteps) refuse('warmupSteps', warmupSteps, `fewer than totalSteps, ${totalSteps}`);
    return {
      lr: steps.map((t) =>
        t < warmupSteps
          ? (peak * t) / warmupSteps
          : (peak * Math.max(0, totalSteps - t)) / (totalSteps - warmupSteps),
      ),
    };
  },
  explain: ({ peak, warmupSteps: w, totalSteps: T, steps }, { lr }) => [
    line(
      '先线性上升到峰值，再线性降到 0',
      'Rise to the peak, then fall to 0, both linearly',
      '\\eta_t = \\eta_{pk}\\,\\frac{t}{w}\\ (t<w),\\qquad \\eta_{pk}\\,\\frac{T-t}{T-w}\\ (t\\ge w)',
    ),
    ...steps
      .slice(0, 3)
      .map((t, i) =>
        line(
          t < w ? `t = ${t}：仍在预热` : `t = ${t}：已过预热`,
          t < w ? `t = ${t}: still warming up` : `t = ${t}: past the warm-up`,
          t < w
            ? tex`\eta_{${num(t)}} = ${peak} \cdot \frac{${t}}{${w}} ${is(lr[i]!)}`
            : tex`\eta_{${num(t)}} = ${peak} \cdot \frac{${Math.max(0, T - t)}}{${T - w}} ${is(lr[i]!)}`,
        ),
      ),
    line('所求各步', 'The steps asked for', tex`\eta = ${lr}`, 'lr'),
  ],
});

/** Inverse square root: scale / sqrt(max(t, warmupSteps)), constant until warmupSteps. T5: scale 1, warm-up 10^4. */
export const inverseSqrtSchedule = define({
  name: 'inverseSqrtSchedule',
  title: say('逆平方根学习率', 'Inverse square-root schedule'),
  fields: { scale: positive(), warmupSteps: integer(1), steps: vector('n', entry.count) },
  example: { scale: 1, warmupSteps: 10_000, steps: [1000, 10_000, 40_000] },
  run: ({ scale, warmupSteps, steps }) => ({
    lr: steps.map((t) => scale / Math.sqrt(Math.max(t, warmupSteps))),
  }),
  explain: ({ scale, warmupSteps, steps }, { lr }) => [
    line(
      '预热期内不变，之后按 1/√t 下降',
      'Constant during the warm-up, then falling as 1/√t',
      tex`\eta_t = \frac{${scale}}{\sqrt{\max(t, ${warmupSteps})}}`,
    ),
    ...steps
      .slice(0, 3)
      .map((t, i) =>
        line(
          `t = ${t}`,
          `t = ${t}`,
          tex`\eta_{${num(t)}} = \frac{${scale}}{\sqrt{${Math.max(t, warmupSteps)}}} ${is(lr[i]!)}`,
        ),
      ),
    line('所求各步', 'The steps asked for', tex`\eta = ${lr}`, 'lr'),
  ],
});
