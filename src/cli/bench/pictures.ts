import { createFigures } from '../../figures/index.ts';
import type { Experiment } from './experiment.ts';
import { median } from './experiment.ts';

const formula = (n: number) => ({
  latex: String.raw`\hat{x}_{${n}} = \frac{x_{${n}} - \mu}{\sqrt{\sigma^2 + \epsilon}}`,
});

export const pictures: Experiment = {
  rows: [
    {
      name: 'picture-cold',
      what: 'a formula drawn for the first time',
      unit: 'ms',
      aim: { at: 'most', value: 60 },
    },
    {
      name: 'picture-warm',
      what: 'a formula drawn before',
      unit: 'ms',
      aim: { at: 'most', value: 1 },
    },
  ],
  async measure(quick) {
    const figures = createFigures();
    const time = async (n: number) => {
      const started = performance.now();
      await figures.formula(formula(n));
      return performance.now() - started;
    };
    // The worker starts with the first picture.
    await time(0);
    const cold: number[] = [];
    const warm: number[] = [];
    for (let n = 1; n <= (quick ? 10 : 40); n += 1) {
      cold.push(await time(n));
      warm.push(await time(n));
    }
    await figures.close();
    return [{ ours: median(cold) }, { ours: median(warm) }];
  },
};
