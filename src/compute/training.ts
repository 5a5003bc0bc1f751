import { define, line, refuse, say } from './define.ts';
import { flag, fraction, integer, positive, vector } from './fields.ts';
import { is, num, tex } from './latex.ts';

/**
 * Optimiser steps: the effective batch is batchSize * accumulation * devices; an epoch takes ceil(samples / effective)
 * steps, or floor with dropLast.
 */
export const trainingSteps = define({
  name: 'trainingSteps',
  title: say('步数、轮数与有效批大小', 'Steps, epochs and the effective batch'),
  fields: {
    samples: integer(1),
    batchSize: integer(1),
    accumulation: integer(1),
    devices: integer(1),
    epochs: integer(1),
    dropLast: flag(),
  },
  example: { samples: 50_000, batchSize: 32, accumulation: 4, devices: 8, epochs: 3, dropLast: false },
  run: ({ samples, batchSize, accumulation, devices, epochs, dropLast }) => {
    const effectiveBatch = batchSize * accumulation * devices;
    const stepsPerEpoch = (dropLast ? Math.floor : Math.ceil)(samples / effectiveBatch);
    return { effectiveBatch, stepsPerEpoch, totalSteps: epochs * stepsPerEpoch };
  },
  explain: ({ samples, batchSize, accumulation, devices, epochs, dropLast }, output) => [
    line(
      '一次参数更新消耗的样本数',
      'Samples one optimiser step consumes',
      tex`B \cdot a \cdot g = ${batchSize} \cdot ${accumulation} \cdot ${devices} = ${output.effectiveBatch}`,
      'effectiveBatch',
    ),
    line(
      dropLast ? '丢掉不满的最后一批：向下取整' : '最后一批不满也算一步：向上取整',
      dropLast
        ? 'The incomplete last batch is dropped: round down'
        : 'An incomplete last batch still counts: round up',
      tex`\left\l${dropLast ? 'floor' : 'ceil'} \frac{${samples}}{${output.effectiveBatch}} \right\r${dropLast ? 'floor' : 'ceil'} = ${output.stepsPerEpoch}`,
      'stepsPerEpoch',
    ),
    line(
      '乘以轮数',
      'Times the epochs',
      tex`${epochs} \cdot ${output.stepsPerEpoch} = ${output.totalSteps}`,
      'totalSteps',
    ),
  ],
});

/** Steps at another batch size for the same number of samples: batchA * stepsA = batchB * stepsB. */
export const equalCompute = define({
  name: 'equalCompute',
  title: say('等量计算下的步数', 'Steps at equal compute'),
  fields: { batchA: positive(), stepsA: positive(), batchB: positive() },
  example: { batchA: 256, stepsA: 1_000_000, batchB: 2048 },
  run: ({ batchA, stepsA, batchB }) => ({ samples: batchA * stepsA, stepsB: (batchA * stepsA) / batchB }),
  explain: ({ batchA, stepsA, batchB }, { samples, stepsB }) => [
    line('见过的序列数', 'Sequences seen', tex`${batchA} \cdot ${stepsA} ${is(samples)}`, 'samples'),
    line(
      '换成另一批大小',
      'At the other batch size',
      tex`\frac{${samples}}{${batchB}} ${is(stepsB)}`,
      'stepsB',
    ),
  ],
});

const SECONDS_PER_DAY = 86_400;

/**
 * Training compute C = 6 N D, and the time it takes: devices in parallel, each with peakFlops (per second) at the
 * fraction `mfu`. A forward pass costs 2N a token, the backward pass 4N.
 */
export const trainingCompute = define({
  name: 'trainingCompute',
  title: say('训练算力与时间', 'Training compute and time'),
  fields: {
    parameters: positive(),
    tokens: positive(),
    devices: positive(),
    peakFlops: positive(),
    mfu: fraction(),
  },
  example: { parameters: 7e9, tokens: 1e12, devices: 256, peakFlops: 312e12, mfu: 0.4 },
  run: ({ parameters, tokens, devices, peakFlops, mfu }) => {
    if (mfu === 0) refuse('mfu', 0, 'a number above 0, up to 1');
    const flops = 6 * parameters * tokens;
    const deviceSeconds = flops / (peakFlops * mfu);
    return {
      flops,
      forwardFlops: 2 * parameters * tokens,
      deviceHours: deviceSeconds / 3600,
      deviceDays: deviceSeconds / SECONDS_PER_DAY,
      days: deviceSeconds / SECONDS_PER_DAY / devices,
    };
  },
  explain: ({ parameters, tokens, devices, peakFlops, mfu }, output) => [
    line(
      '前向：每个词元 2N',
      'Forward: 2N a token',
      tex`2 N D = 2 \cdot ${parameters} \cdot ${tokens} ${is(output.forwardFlops)}`,
      'forwardFlops',
    ),
    line(
      '加上反向的 4N：共 6N',
      'The backward pass adds 4N: 6N in all',
      tex`C = 6ND = 6 \cdot ${parameters} \cdot ${tokens} ${is(output.flops)}\ \text{FLOPs}`,
      'flops',
    ),
    line(
      '除以有效算力得到卡时',
      'Divide by the effective speed for device-hours',
      tex`\frac{${output.flops}}{${peakFlops} \cdot ${mfu} \cdot 3600} ${is(output.deviceHours)}`,
      'deviceHours',
    ),
    line('卡天', 'Device-days', tex`\frac{${output.deviceHours}}{24} ${is(output.deviceDays)}`, 'deviceDays'),
    line(
      '各卡并行',
      'All devices in parallel',
      tex`\frac{${output.deviceDays}}{${devices}} ${is(output.days)}\ \text{days}`,
      'days',
    ),
  ],
});

/** Compute-optimal split of C = 6 N D with D = r N: N = sqrt(C / (6 r)); Chinchilla: r about 20. */
export const computeOptimal = define({
  name: 'computeOptimal',
  title: say('算力最优的参数量与数据量', 'Compute-optimal parameters and tokens'),
  fields: { flops: positive(), tokensPerParameter: positive() },
  example: { flops: 1e24, tokensPerParameter: 20 },
  run: ({ flops, tokensPerParameter }) => {
    const parameters = Math.sqrt(flops / (6 * tokensPerParameter));
    return { parameters, tokens: tokensPerParameter * parameters };
  },
  explain: ({ flops, tokensPerParameter: r }, { parameters, tokens }) => [
    line(
      '把 D = rN 代入 C = 6ND',
      'Put D = rN into C = 6ND',
      tex`C = 6 r N^2 \quad\Rightarrow\quad N = \sqrt{\frac{${flops}}{6 \cdot ${r}}} ${is(parameters)}`,
      'parameters',
    ),
    line('词元数', 'Tokens', tex`D = ${r} \cdot ${parameters} ${is(tokens)}`, 'tokens'),
  ],
});

/** The fraction of peak that a training run reached: 6 N D / (deviceHours * 3600 * peakFlops). */
export const modelFlopsUtilization = define({
  name: 'modelFlopsUtilization',
  title: say('模型算力利用率 MFU', 'Model FLOPs utilisation (MFU)'),
  fields: { parameters: positive(), tokens: positive(), deviceHours: positive(), peakFlops: positive() },
  example: { parameters: 70e9, tokens: 2e12, deviceHours: 1_720_320, peakFlops: 312e12 },
  run: ({ parameters, tokens, deviceHours, peakFlops }) => {
    const flops = 6 * parameters * tokens;
    const available = deviceHours * 3600 * peakFlops;
    return { flops, available, mfu: flops / available };
  },
  explain: ({ parameters, tokens, deviceHours, peakFlops }, { flops, available, mfu }) => [
    line(
      '模型所需',
      'What the model needs',
      tex`6 \cdot ${parameters} \cdot ${tokens} ${is(flops)}`,
      'flops',
    ),
    line(
      '硬件峰值可提供',
      'What the hardware offers at its peak',
      tex`${deviceHours} \cdot 3600 \cdot ${peakFlops} ${is(available)}`,
      'available',
    ),
    line('两者之比', 'Their ratio', tex`\frac{${flops}}{${available}} ${is(mfu)}`, 'mfu'),
  ],
});

/** Idle fraction of a pipeline with p stages and m micro-batches a step: (p - 1) / (m + p - 1). GPipe. */
export const pipelineBubble = define({
  name: 'pipelineBubble',
  title: say('流水线并行的空闲比例', 'Idle fraction of pipeline parallelism'),
  fields: { stages: integer(1), microBatches: integer(1) },
  example: { stages: 4, microBatches: 12 },
  run: ({ stages, microBatches }) => ({ bubble: (stages - 1) / (microBatches + stages - 1) }),
  explain: ({ stages: p, microBatches: m }, { bubble }) => [
    line(
      '填充与排空各空 p−1 拍，总共 m+p−1 拍',
      'Filling and draining leave p−1 of m+p−1 slots idle',
      tex`\frac{p-1}{m+p-1} = \frac{${p - 1}}{${m + p - 1}} ${is(bubble)}`,
      'bubble',
    ),
  ],
});

/**
 * Early stopping on validation loss; epochs count from 1. An epoch that is not strictly below the best so far is a
 * non-improvement; training stops at the first epoch with `patience` of them in a row, else at the last epoch.
 * gap = validation - training loss at the best epoch, whose weights are restored.
 */
export const earlyStopping = define({
  name: 'earlyStopping',
  title: say('早停', 'Early stopping'),
  fields: { trainLoss: vector('n'), valLoss: vector('n'), patience: integer(1) },
  example: { trainLoss: [1, 0.7, 0.5, 0.4, 0.3], valLoss: [1.1, 0.9, 0.95, 0.92, 0.97], patience: 2 },
  run: ({ trainLoss, valLoss, patience }) => {
    let best = 0;
    let stop = 0;
    while (stop < valLoss.length - 1 && stop - best < patience) {
      stop++;
      if (valLoss[stop]! < valLoss[best]!) best = stop;
    }
    return {
      bestEpoch: best + 1,
      stopEpoch: stop + 1,
      bestValLoss: valLoss[best]!,
      gap: valLoss[best]! - trainLoss[best]!,
    };
  },
  explain: ({ trainLoss, valLoss, patience }, { bestEpoch, stopEpoch, bestValLoss, gap }) => [
    line('验证损失', 'Validation losses', tex`${valLoss}`),
    line(
      '停下之前最低的一轮',
      'The lowest before training stops',
      tex`\text{best} = ${bestEpoch}`,
      'bestEpoch',
    ),
    line(
      `连续 ${patience} 轮没有改善，或数据用完`,
      `${patience} epochs in a row without improvement, or the last one`,
      tex`\text{stop} = ${stopEpoch}`,
      'stopEpoch',
    ),
    line(
      '恢复最佳一轮的权重',
      "Restore the best epoch's weights",
      tex`L_{val} = ${bestValLoss}`,
      'bestValLoss',
    ),
    line(
      '最佳一轮的泛化差距',
      'Generalisation gap at the best epoch',
      tex`${bestValLoss} - ${num(trainLoss[bestEpoch - 1]!)} ${is(gap)}`,
      'gap',
    ),
  ],
});
