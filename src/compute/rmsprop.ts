import { define, line, say } from './define.ts';
import { flag, fraction, nonNegative } from './fields.ts';
import { br, is, stack, tex } from './latex.ts';
import { followAll, history, lerp, optimizerFields, refuseZeroRoot, writeSteps } from './optimizer-path.ts';

interface State {
  readonly theta: number;
  readonly grad: number;
  readonly squareAvg: number;
  readonly gradAvg: number;
  readonly buffer: number;
  readonly denominator: number;
}

interface Settings {
  readonly lr: number;
  readonly alpha: number;
  readonly eps: number;
  readonly weightDecay: number;
  readonly momentum: number;
  readonly centered: boolean;
}

const start = (theta: number): State => ({
  theta,
  grad: 0,
  squareAvg: 0,
  gradAvg: 0,
  buffer: 0,
  denominator: 1,
});

const step =
  ({ lr, alpha, eps, weightDecay, momentum, centered }: Settings) =>
  (state: State, raw: number): State => {
    const grad = raw + weightDecay * state.theta;
    const squareAvg = alpha * state.squareAvg + (1 - alpha) * grad * grad;
    const gradAvg = lerp(state.gradAvg, grad, 1 - alpha);
    // A variance: rounding alone can take it below 0.
    const spread = centered ? Math.max(0, squareAvg - gradAvg * gradAvg) : squareAvg;
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
    const paths = followAll(input, start, step(input));
    refuseZeroRoot(paths);
    return {
      theta: history(paths, (state) => state.theta),
      squareAvg: history(paths, (state) => state.squareAvg),
    };
  },
  explain: (input, { theta, squareAvg }) => {
    const { alpha, momentum, centered, lr, eps, weightDecay } = input;
    const path = followAll(input, start, step(input))[0]!;
    const root = centered ? '\\sqrt{v_t - \\bar g_t^2}' : '\\sqrt{v_t}';
    return [
      line(
        centered ? '平方梯度的滑动平均减去平均梯度的平方' : '平方梯度的滑动平均，开方后作分母',
        centered
          ? 'Moving average of squared gradients, less the squared average gradient'
          : 'Moving average of squared gradients; its root divides the step',
        `v_t = \\alpha v_{t-1} + (1-\\alpha) g_t^2,\\quad ${momentum === 0 ? '' : `b_t = \\mu b_{t-1} + \\frac{g_t}{${root}+\\epsilon},\\quad `}\\theta_t = \\theta_{t-1} - \\eta\\,${momentum === 0 ? `\\frac{g_t}{${root}+\\epsilon}` : 'b_t'}`,
      ),
      ...writeSteps(start(input.theta0[0]!), path, (before, after, t) => {
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
