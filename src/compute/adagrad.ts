import { define, line, refuse, say } from './define.ts';
import { flag, fraction, nonNegative } from './fields.ts';
import { br, is, stack, tex } from './latex.ts';
import { followAll, history, optimizerFields, writeSteps } from './optimizer-path.ts';

/** Refuses a step that would divide by 0: eps is 0 and so is the root. */
const refuseZeroRoot = (denominators: readonly (readonly number[])[]) => {
  if (denominators.some((row) => row.includes(0)))
    refuse('eps', 0, 'a number > 0, since a squared-gradient average is 0');
};

interface AdagradState {
  readonly theta: number;
  readonly grad: number;
  readonly accumulator: number;
  readonly rate: number;
  readonly denominator: number;
}

interface AdagradSettings {
  readonly lr: number;
  readonly lrDecay: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly initialAccumulatorValue: number;
}

const adagradStart =
  ({ initialAccumulatorValue }: AdagradSettings) =>
  (theta: number): AdagradState => ({
    theta,
    grad: 0,
    accumulator: initialAccumulatorValue,
    rate: 0,
    denominator: 1,
  });

const adagradStep =
  ({ lr, lrDecay, eps, weightDecay }: AdagradSettings) =>
  (state: AdagradState, raw: number, t: number): AdagradState => {
    const grad = raw + weightDecay * state.theta;
    const accumulator = state.accumulator + grad ** 2;
    const rate = lr / (1 + (t - 1) * lrDecay);
    const denominator = Math.sqrt(accumulator) + eps;
    return { theta: state.theta - (rate * grad) / denominator, grad, accumulator, rate, denominator };
  };

/**
 * Adagrad as in torch.optim.Adagrad: eps outside the root, lr / (1 + (t-1) lrDecay), weight decay added to the
 * gradient. Both outputs are [T][n], after every step.
 */
export const adagrad = define({
  name: 'adagrad',
  title: say('Adagrad', 'Adagrad'),
  fields: {
    ...optimizerFields,
    lrDecay: nonNegative(),
    eps: nonNegative(),
    weightDecay: nonNegative(),
    initialAccumulatorValue: nonNegative(),
  },
  example: {
    theta0: [1],
    grads: [[3], [4]],
    lr: 0.5,
    lrDecay: 0,
    eps: 1e-10,
    weightDecay: 0,
    initialAccumulatorValue: 0,
  },
  run: (input) => {
    const paths = followAll(input, adagradStart(input), adagradStep(input));
    refuseZeroRoot(history(paths, (state) => state.denominator));
    return {
      theta: history(paths, (state) => state.theta),
      accumulator: history(paths, (state) => state.accumulator),
    };
  },
  explain: (input, { theta, accumulator }) => {
    const path = followAll(input, adagradStart(input), adagradStep(input))[0]!;
    return [
      line(
        '累加平方梯度，步长随之变小',
        'Accumulate squared gradients; the step shrinks as they grow',
        'G_t = G_{t-1} + g_t^2,\\quad \\theta_t = \\theta_{t-1} - \\frac{\\eta_t\\, g_t}{\\sqrt{G_t}+\\epsilon}',
      ),
      ...writeSteps(adagradStart(input)(input.theta0[0]!), path, (before, after, t) =>
        stack(
          input.weightDecay === 0
            ? ''
            : tex`g_{${t}} = ${input.grads[t - 1]![0]!} + ${input.weightDecay} \cdot ${br(before.theta)} ${is(after.grad)}`,
          input.lrDecay === 0
            ? ''
            : tex`\eta_{${t}} = \frac{${input.lr}}{1 + ${t - 1} \cdot ${input.lrDecay}} ${is(after.rate)}`,
          tex`G_{${t}} = ${before.accumulator} + ${br(after.grad)}^2 ${is(after.accumulator)}`,
          tex`\theta_{${t}} = ${before.theta} - \frac{${after.rate} \cdot ${br(after.grad)}}{\sqrt{${after.accumulator}} + ${input.eps}} ${is(after.theta)}`,
        ),
      ),
      line('每步之后的累加器', 'Accumulator after every step', tex`G = ${accumulator}`, 'accumulator'),
      line('每步之后的参数', 'Parameters after every step', tex`\theta = ${theta}`, 'theta'),
    ];
  },
});

interface RmspropState {
  readonly theta: number;
  readonly grad: number;
  readonly squareAvg: number;
  readonly gradAvg: number;
  readonly buffer: number;
  readonly denominator: number;
}

interface RmspropSettings {
  readonly lr: number;
  readonly alpha: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly centered: boolean;
}

const rmspropStart = (theta: number): RmspropState => ({
  theta,
  grad: 0,
  squareAvg: 0,
  gradAvg: 0,
  buffer: 0,
  denominator: 1,
});

const rmspropStep =
  ({ lr, alpha, eps, weightDecay, momentum, centered }: RmspropSettings) =>
  (state: RmspropState, raw: number): RmspropState => {
    const grad = raw + weightDecay * state.theta;
    const squareAvg = alpha * state.squareAvg + (1 - alpha) * grad ** 2;
    const gradAvg = alpha * state.gradAvg + (1 - alpha) * grad;
    // A variance: rounding alone can take it below 0.
    const spread = centered ? Math.max(0, squareAvg - gradAvg ** 2) : squareAvg;
    const denominator = Math.sqrt(spread) + eps;
    const buffer = momentum * state.buffer + grad / denominator;
    return { theta: state.theta - lr * buffer, grad, squareAvg, gradAvg, buffer, denominator };
  };

/**
 * RMSprop as in torch.optim.RMSprop: eps outside the root, squareAvg from 0, weight decay added to the gradient,
 * momentum over the scaled gradient; centered subtracts the squared average gradient. Outputs are [T][n].
 */
export const rmsprop = define({
  name: 'rmsprop',
  title: say('RMSprop', 'RMSprop'),
  fields: {
    ...optimizerFields,
    alpha: fraction(),
    eps: nonNegative(),
    weightDecay: nonNegative(),
    momentum: nonNegative(),
    centered: flag(),
  },
  example: {
    theta0: [1],
    grads: [[2], [1]],
    lr: 0.1,
    alpha: 0.9,
    eps: 1e-8,
    weightDecay: 0,
    momentum: 0,
    centered: false,
  },
  run: (input) => {
    const paths = followAll(input, rmspropStart, rmspropStep(input));
    refuseZeroRoot(history(paths, (state) => state.denominator));
    return {
      theta: history(paths, (state) => state.theta),
      squareAvg: history(paths, (state) => state.squareAvg),
    };
  },
  explain: (input, { theta, squareAvg }) => {
    const { alpha, momentum, centered, lr, eps, weightDecay } = input;
    const path = followAll(input, rmspropStart, rmspropStep(input))[0]!;
    const root = centered ? '\\sqrt{v_t - \\bar g_t^2}' : '\\sqrt{v_t}';
    return [
      line(
        centered ? '平方梯度的滑动平均减去平均梯度的平方' : '平方梯度的滑动平均，开方后作分母',
        centered
          ? 'Moving average of squared gradients, less the squared average gradient'
          : 'Moving average of squared gradients; its root divides the step',
        `v_t = \\alpha v_{t-1} + (1-\\alpha) g_t^2,\\quad ${momentum === 0 ? '' : `b_t = \\mu b_{t-1} + \\frac{g_t}{${root}+\\epsilon},\\quad `}\\theta_t = \\theta_{t-1} - \\eta\\,${momentum === 0 ? `\\frac{g_t}{${root}+\\epsilon}` : 'b_t'}`,
      ),
      ...writeSteps(rmspropStart(input.theta0[0]!), path, (before, after, t) => {
        const under = centered ? tex`${after.squareAvg} - ${br(after.gradAvg)}^2` : tex`${after.squareAvg}`;
        const scaled = tex`\frac{${after.grad}}{\sqrt{${under}} + ${eps}}`;
        return stack(
          weightDecay === 0
            ? ''
            : tex`g_{${t}} = ${input.grads[t - 1]![0]!} + ${weightDecay} \cdot ${br(before.theta)} ${is(after.grad)}`,
          tex`v_{${t}} = ${alpha} \cdot ${br(before.squareAvg)} + (1-${alpha}) \cdot ${br(after.grad)}^2 ${is(after.squareAvg)}`,
          centered
            ? tex`\bar g_{${t}} = ${alpha} \cdot ${br(before.gradAvg)} + (1-${alpha}) \cdot ${br(after.grad)} ${is(after.gradAvg)}`
            : '',
          momentum === 0
            ? ''
            : tex`b_{${t}} = ${momentum} \cdot ${br(before.buffer)} + ${scaled} ${is(after.buffer)}`,
          tex`\theta_{${t}} = ${before.theta} - ${lr} \cdot ${momentum === 0 ? scaled : br(after.buffer)} ${is(after.theta)}`,
        );
      }),
      line('每步之后的平方平均', 'Square average after every step', tex`v = ${squareAvg}`, 'squareAvg'),
      line('每步之后的参数', 'Parameters after every step', tex`\theta = ${theta}`, 'theta'),
    ];
  },
});
