import { define, line, refuse, say } from './define.ts';
import { flag, nonNegative, real } from './fields.ts';
import { br, is, stack, tex } from './latex.ts';
import { followAll, history, optimizerFields, writeSteps } from './optimizer-path.ts';

interface State {
  readonly theta: number;
  /** The gradient with its weight decay. */
  readonly grad: number;
  readonly velocity: number;
  /** What the learning rate multiplies. */
  readonly direction: number;
}

interface Settings {
  readonly lr: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

const start = (theta: number): State => ({ theta, grad: 0, velocity: 0, direction: 0 });

const step =
  ({ lr, momentum, dampening, nesterov, weightDecay }: Settings) =>
  (state: State, raw: number, t: number): State => {
    const grad = raw + weightDecay * state.theta;
    const velocity = t === 1 ? grad : momentum * state.velocity + (1 - dampening) * grad;
    const direction = momentum === 0 ? grad : nesterov ? grad + momentum * velocity : velocity;
    return { theta: state.theta - lr * direction, grad, velocity, direction };
  };

/**
 * SGD with momentum as in torch.optim.SGD: the first velocity is the gradient (no dampening), weight decay is added
 * to the gradient, velocity is null when momentum is 0. Nesterov needs momentum > 0 and dampening 0.
 */
export const sgdMomentum = define({
  name: 'sgdMomentum',
  title: say('带动量的 SGD', 'SGD with momentum'),
  fields: {
    ...optimizerFields,
    momentum: nonNegative(),
    dampening: real(),
    nesterov: flag(),
    weightDecay: nonNegative(),
  },
  example: {
    theta0: [1],
    grads: [[1], [1], [1]],
    lr: 0.1,
    momentum: 0.9,
    dampening: 0,
    nesterov: false,
    weightDecay: 0,
  },
  run: (input) => {
    if (input.nesterov && input.momentum === 0) refuse('momentum', 0, 'a number > 0 when nesterov is true');
    if (input.nesterov && input.dampening !== 0)
      refuse('dampening', input.dampening, '0 when nesterov is true');
    const paths = followAll(input, start, step(input));
    return {
      theta: history(paths, (state) => state.theta),
      velocity: input.momentum === 0 ? null : history(paths, (state) => state.velocity),
    };
  },
  explain: (input, { theta, velocity }) => {
    const { lr, momentum, dampening, nesterov, weightDecay } = input;
    const path = followAll(input, start, step(input))[0]!;
    return [
      line(
        momentum === 0
          ? '没有动量：沿梯度走一步'
          : nesterov
            ? 'Nesterov：沿“梯度 + μ·速度”走'
            : '先更新速度，再沿速度走',
        momentum === 0
          ? 'No momentum: step along the gradient'
          : nesterov
            ? 'Nesterov: step along gradient + μ·velocity'
            : 'Update the velocity, then step along it',
        momentum === 0
          ? '\\theta_t = \\theta_{t-1} - \\eta\\, g_t'
          : `v_1 = g_1,\\quad v_t = \\mu v_{t-1} + ${dampening === 0 ? '' : '(1-\\tau)\\,'}g_t,\\quad \\theta_t = \\theta_{t-1} - \\eta\\,${nesterov ? '(g_t + \\mu v_t)' : 'v_t'}`,
      ),
      ...writeSteps(start(input.theta0[0]!), path, (before, after, t) => {
        const raw = input.grads[t - 1]![0]!;
        const gain = dampening === 0 ? '' : tex`(1 - ${br(dampening)}) \cdot `;
        return stack(
          weightDecay === 0
            ? ''
            : tex`g_{${t}} = ${raw} + ${weightDecay} \cdot ${br(before.theta)} ${is(after.grad)}`,
          momentum === 0
            ? ''
            : t === 1
              ? tex`v_{1} = g_{1} = ${after.grad}`
              : tex`v_{${t}} = ${momentum} \cdot ${br(before.velocity)} + ${gain}${br(after.grad)} ${is(after.velocity)}`,
          nesterov
            ? tex`g_{${t}} + \mu v_{${t}} = ${after.grad} + ${momentum} \cdot ${br(after.velocity)} ${is(after.direction)}`
            : '',
          tex`\theta_{${t}} = ${before.theta} - ${lr} \cdot ${br(after.direction)} ${is(after.theta)}`,
        );
      }),
      ...(velocity === null
        ? []
        : [line('每步之后的速度', 'Velocity after every step', tex`v = ${velocity}`, 'velocity')]),
      line('每步之后的参数', 'Parameters after every step', tex`\theta = ${theta}`, 'theta'),
    ];
  },
});
