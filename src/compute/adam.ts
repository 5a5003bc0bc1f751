import { define, line, say } from './define.ts';
import { decay, flag, nonNegative } from './fields.ts';
import { br, is, stack, tex } from './latex.ts';
import { followAll, history, lerp, optimizerFields, refuseZeroRoot, writeSteps } from './optimizer-path.ts';

interface State {
  readonly theta: number;
  /** The gradient that feeds the moments. */
  readonly grad: number;
  readonly m: number;
  readonly v: number;
  readonly vMax: number;
  readonly mHat: number;
  readonly vHat: number;
  readonly denominator: number;
  /** The parameter from which the step is taken: AdamW has shrunk it by then. */
  readonly from: number;
}

interface Settings {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly amsgrad: boolean;
}

const start = (theta: number): State => ({
  theta,
  grad: 0,
  m: 0,
  v: 0,
  vMax: 0,
  mHat: 0,
  vHat: 0,
  denominator: 1,
  from: theta,
});

const step =
  ({ lr, beta1, beta2, eps, weightDecay, amsgrad }: Settings, decoupled: boolean) =>
  (state: State, raw: number, t: number): State => {
    const from = decoupled ? state.theta * (1 - lr * weightDecay) : state.theta;
    const grad = decoupled ? raw : raw + weightDecay * state.theta;
    const m = lerp(state.m, grad, 1 - beta1);
    const v = beta2 * state.v + (1 - beta2) * grad * grad;
    const vMax = Math.max(state.vMax, v);
    const mHat = m / (1 - beta1 ** t);
    const vHat = (amsgrad ? vMax : v) / (1 - beta2 ** t);
    const denominator = Math.sqrt(vHat) + eps;
    return { theta: from - (lr * mHat) / denominator, grad, m, v, vMax, mHat, vHat, denominator, from };
  };

const fields = {
  ...optimizerFields,
  beta1: decay(),
  beta2: decay(),
  eps: nonNegative(),
  weightDecay: nonNegative(),
  amsgrad: flag(),
};

const example = {
  theta0: [1],
  grads: [[2], [1]],
  lr: 0.1,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0.1,
  amsgrad: false,
};

type Input = Settings & {
  readonly theta0: readonly number[];
  readonly grads: readonly (readonly number[])[];
};

const run = (input: Input, decoupled: boolean) => {
  const paths = followAll(input, start, step(input, decoupled));
  refuseZeroRoot(paths);
  return {
    theta: history(paths, (state) => state.theta),
    mFinal: paths.map((path) => path.at(-1)!.m),
    vFinal: paths.map((path) => path.at(-1)!.v),
  };
};

const explain = (input: Input, output: ReturnType<typeof run>, decoupled: boolean) => {
  const { lr, beta1, beta2, eps, weightDecay, amsgrad } = input;
  const path = followAll(input, start, step(input, decoupled))[0]!;
  return [
    line(
      decoupled ? '权重衰减与梯度解耦：先把参数缩小' : '权重衰减作为 L2 项进入梯度',
      decoupled
        ? 'Weight decay is decoupled from the gradient: shrink the parameter first'
        : 'Weight decay enters the gradient as an L2 term',
      decoupled
        ? '\\theta \\leftarrow (1-\\eta\\lambda)\\,\\theta'
        : 'g_t \\leftarrow g_t + \\lambda\\,\\theta_{t-1}',
    ),
    line(
      '一阶矩、二阶矩、偏差校正、更新',
      'First moment, second moment, bias correction, step',
      stack(
        'm_t = \\beta_1 m_{t-1} + (1-\\beta_1) g_t,\\quad v_t = \\beta_2 v_{t-1} + (1-\\beta_2) g_t^2',
        '\\theta_t = \\theta - \\eta\\,\\frac{\\hat m_t}{\\sqrt{\\hat v_t}+\\epsilon},\\quad \\hat m_t = \\frac{m_t}{1-\\beta_1^t},\\quad \\hat v_t = \\frac{v_t}{1-\\beta_2^t}',
      ),
    ),
    ...writeSteps(start(input.theta0[0]!), path, (before, after, t) => {
      const decayed = decoupled
        ? tex`\theta = (1 - ${lr} \cdot ${weightDecay}) \cdot ${br(before.theta)} ${is(after.from)}`
        : tex`g_{${t}} = ${input.grads[t - 1]![0]!} + ${weightDecay} \cdot ${br(before.theta)} ${is(after.grad)}`;
      return stack(
        weightDecay === 0 ? '' : decayed,
        tex`m_{${t}} = ${beta1} \cdot ${br(before.m)} + (1-${beta1}) \cdot ${br(after.grad)} ${is(after.m)}`,
        tex`v_{${t}} = ${beta2} \cdot ${br(before.v)} + (1-${beta2}) \cdot ${br(after.grad)}^2 ${is(after.v)}`,
        amsgrad ? tex`v^{\max}_{${t}} = \max(${before.vMax}, ${after.v}) ${is(after.vMax)}` : '',
        tex`\hat m_{${t}} = \frac{${after.m}}{1-${br(beta1)}^{${t}}} ${is(after.mHat)}`,
        tex`\hat v_{${t}} = \frac{${amsgrad ? after.vMax : after.v}}{1-${br(beta2)}^{${t}}} ${is(after.vHat)}`,
        tex`\theta_{${t}} = ${after.from} - ${lr} \cdot \frac{${after.mHat}}{\sqrt{${after.vHat}} + ${eps}} ${is(after.theta)}`,
      );
    }),
    line('最后的一阶矩（未校正）', 'Final first moment, not corrected', tex`m = ${output.mFinal}`, 'mFinal'),
    line('最后的二阶矩（未校正）', 'Final second moment, not corrected', tex`v = ${output.vFinal}`, 'vFinal'),
    line('每步之后的参数', 'Parameters after every step', tex`\theta = ${output.theta}`, 'theta'),
  ];
};

/**
 * Adam as in torch.optim.Adam: bias correction, eps outside the root, weightDecay as L2 in the gradient. theta[T][n]
 * is after every step; mFinal and vFinal are the uncorrected moments. amsgrad keeps the largest uncorrected v.
 */
export const adam = define({
  name: 'adam',
  title: say('Adam', 'Adam'),
  fields,
  example,
  run: (input) => run(input, false),
  explain: (input, output) => explain(input, output, false),
});

/** AdamW as in torch.optim.AdamW: {@link adam} with decoupled decay, theta *= 1 - lr * weightDecay before the step. */
export const adamw = define({
  name: 'adamw',
  title: say('AdamW', 'AdamW'),
  fields,
  example,
  run: (input) => run(input, true),
  explain: (input, output) => explain(input, output, true),
});
