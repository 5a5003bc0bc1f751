import { define, line, say } from './define.ts';
import { nonNegative } from './fields.ts';
import { br, is, stack, tex } from './latex.ts';
import { followAll, history, optimizerFields, refuseZeroRoot, writeSteps } from './optimizer-path.ts';

interface State {
  readonly theta: number;
  readonly grad: number;
  readonly accumulator: number;
  readonly rate: number;
  readonly denominator: number;
}

interface Settings {
  readonly lr: number;
  readonly lrDecay: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly initialAccumulatorValue: number;
}

const start =
  ({ initialAccumulatorValue }: Settings) =>
  (theta: number): State => ({
    theta,
    grad: 0,
    accumulator: initialAccumulatorValue,
    rate: 0,
    denominator: 1,
  });

const step =
  ({ lr, lrDecay, eps, weightDecay }: Settings) =>
  (state: State, raw: number, t: number): State => {
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
    const paths = followAll(input, start(input), step(input));
    refuseZeroRoot(paths);
    return {
      theta: history(paths, (state) => state.theta),
      accumulator: history(paths, (state) => state.accumulator),
    };
  },
  explain: (input, { theta, accumulator }) => {
    const path = followAll(input, start(input), step(input))[0]!;
    return [
      line(
        '累加平方梯度，步长随之变小',
        'Accumulate squared gradients; the step shrinks as they grow',
        'G_t = G_{t-1} + g_t^2,\\quad \\theta_t = \\theta_{t-1} - \\frac{\\eta_t\\, g_t}{\\sqrt{G_t}+\\epsilon}',
      ),
      ...writeSteps(start(input)(input.theta0[0]!), path, (before, after, t) =>
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
