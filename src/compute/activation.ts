import { choice } from './fields.ts';

export type Activation = 'sigmoid' | 'tanh' | 'relu' | 'linear';

export const sigmoid = (z: number): number => {
  // The branch keeps exp from overflowing.
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const weight = Math.exp(z);
  return weight / (1 + weight);
};

/** ln sigmoid(z) without overflow or cancellation. */
export const logSigmoid = (z: number): number => Math.min(0, z) - Math.log1p(Math.exp(-Math.abs(z)));

/** The activation's value at z. */
export const activate: Readonly<Record<Activation, (z: number) => number>> = {
  sigmoid,
  tanh: Math.tanh,
  relu: (z) => Math.max(0, z),
  linear: (z) => z,
};

/** The activation's derivative, from its input z and value a; relu'(0) = 0. */
export const slope: Readonly<Record<Activation, (z: number, a: number) => number>> = {
  sigmoid: (_, a) => a * (1 - a),
  tanh: (_, a) => 1 - a * a,
  relu: (z) => (z > 0 ? 1 : 0),
  linear: () => 1,
};

export const symbol: Readonly<Record<Activation | 'softmax', string>> = {
  sigmoid: '\\sigma',
  tanh: '\\tanh',
  relu: '\\mathrm{ReLU}',
  linear: '\\mathrm{id}',
  softmax: '\\mathrm{softmax}',
};

export const hiddenActivation = () => choice('sigmoid', 'tanh', 'relu');
export const neuronActivation = () => choice('sigmoid', 'tanh', 'relu', 'linear');
