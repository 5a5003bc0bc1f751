import { define, line, refuse, say } from './define.ts';
import { integer, nonNegative, orNull, positive, vector } from './fields.ts';
import { is, num, tex } from './latex.ts';
import { maximum } from './linear-algebra.ts';
import { roundHalfEven } from './rounding.ts';

const size = () => integer(1);

const GIGABYTE = 1e9;
const GIBIBYTE = 2 ** 30;

/** Bytes of a KV cache: 2 * layers * kvHeads * headDim * tokens * batch * bytesPerValue; GB is 10^9 bytes, GiB 2^30. */
export const kvCache = define({
  name: 'kvCache',
  title: say('KV 缓存的大小', 'Size of the KV cache'),
  fields: {
    layers: size(),
    kvHeads: size(),
    headDim: size(),
    tokens: size(),
    batch: size(),
    bytesPerValue: positive(),
  },
  example: { layers: 32, kvHeads: 32, headDim: 128, tokens: 4096, batch: 1, bytesPerValue: 2 },
  run: ({ layers, kvHeads, headDim, tokens, batch, bytesPerValue }) => {
    const bytesPerToken = 2 * layers * kvHeads * headDim * bytesPerValue;
    const bytes = bytesPerToken * tokens * batch;
    return { bytesPerToken, bytes, gigabytes: bytes / GIGABYTE, gibibytes: bytes / GIBIBYTE };
  },
  explain: ({ layers, kvHeads, headDim, tokens, batch, bytesPerValue }, o) => [
    line(
      '每个词元：K 与 V 两份，乘层数、KV 头数、头维度、字节数',
      'Each token: K and V, times layers, KV heads, head dimension and bytes',
      tex`2 \cdot ${layers} \cdot ${kvHeads} \cdot ${headDim} \cdot ${bytesPerValue} = ${o.bytesPerToken}`,
      'bytesPerToken',
    ),
    line(
      '乘以词元数与批大小',
      'Times tokens and batch',
      tex`${o.bytesPerToken} \cdot ${tokens} \cdot ${batch} = ${o.bytes}`,
      'bytes',
    ),
    line('GB（10⁹ 字节）', 'GB (10⁹ bytes)', tex`\frac{${o.bytes}}{10^9} ${is(o.gigabytes)}`, 'gigabytes'),
    line(
      'GiB（2³⁰ 字节）',
      'GiB (2³⁰ bytes)',
      tex`\frac{${o.bytes}}{2^{30}} ${is(o.gibibytes)}`,
      'gibibytes',
    ),
  ],
});

/** Bytes of quantised weights: bits, plus scaleBits shared by each group of `groupSize` weights (null: no scales). */
export const quantizationMemory = define({
  name: 'quantizationMemory',
  title: say('量化后的权重大小', 'Memory of quantised weights'),
  fields: { parameters: positive(), bits: positive(), groupSize: orNull(size()), scaleBits: nonNegative() },
  example: { parameters: 7e9, bits: 4, groupSize: 128, scaleBits: 16 },
  run: ({ parameters, bits, groupSize, scaleBits }) => {
    const bitsPerWeight = bits + (groupSize === null ? 0 : scaleBits / groupSize);
    const bytes = (parameters * bitsPerWeight) / 8;
    return { bitsPerWeight, bytes, gigabytes: bytes / GIGABYTE, gibibytes: bytes / GIBIBYTE };
  },
  explain: ({ parameters, bits, groupSize, scaleBits }, o) => [
    line(
      groupSize === null ? '每个权重的位数' : '每个权重的位数，加上每组一个缩放因子的摊销',
      groupSize === null ? 'Bits a weight' : "Bits a weight, plus its share of the group's scale",
      groupSize === null
        ? tex`${bits}`
        : tex`${bits} + \frac{${scaleBits}}{${groupSize}} ${is(o.bitsPerWeight)}`,
      'bitsPerWeight',
    ),
    line(
      '位除以 8 是字节',
      'Bits over 8 are bytes',
      tex`\frac{${parameters} \cdot ${o.bitsPerWeight}}{8} ${is(o.bytes)}`,
      'bytes',
    ),
    line('GB（10⁹ 字节）', 'GB (10⁹ bytes)', tex`\frac{${o.bytes}}{10^9} ${is(o.gigabytes)}`, 'gigabytes'),
    line(
      'GiB（2³⁰ 字节）',
      'GiB (2³⁰ bytes)',
      tex`\frac{${o.bytes}}{2^{30}} ${is(o.gibibytes)}`,
      'gibibytes',
    ),
  ],
});

/**
 * Symmetric quantisation of a vector: scale = max|x| / (2^(bits-1) - 1), q = round(x / scale), halves to even;
 * dequantized = q * scale.
 */
export const symmetricQuantize = define({
  name: 'symmetricQuantize',
  title: say('对称量化', 'Symmetric quantisation'),
  fields: { x: vector('n'), bits: integer(2, 32) },
  example: { x: [-1.2, 0.3, 0.8, 2.4], bits: 8 },
  run: ({ x, bits }) => {
    const largest = maximum(x.map(Math.abs));
    if (largest === 0) refuse('x', 'only zeros', 'at least one entry that is not 0');
    const scale = largest / (2 ** (bits - 1) - 1);
    const quantized = x.map((value) => roundHalfEven(value / scale));
    const dequantized = quantized.map((q) => q * scale);
    return {
      scale,
      quantized,
      dequantized,
      maxError: maximum(x.map((value, i) => Math.abs(value - dequantized[i]!))),
    };
  },
  explain: ({ x, bits }, o) => [
    line(
      '缩放因子：最大绝对值对应最大整数',
      'The scale maps the largest size to the largest integer',
      tex`s = \frac{${maximum(x.map(Math.abs))}}{2^{${bits - 1}} - 1} ${is(o.scale)}`,
      'scale',
    ),
    line(
      '除以 s 再取整',
      'Divide by s and round',
      tex`q_1 = \mathrm{round}\left(\frac{${x[0]!}}{${o.scale}}\right) = ${o.quantized[0]!} \quad\Rightarrow\quad q = ${o.quantized}`,
      'quantized',
    ),
    line('还原', 'Back again', tex`s\,q = ${o.dequantized}`, 'dequantized'),
    line('最大误差', 'Largest error', tex`\max |x - s\,q| ${is(o.maxError)}`, 'maxError'),
  ],
});

/**
 * Model states of mixed-precision Adam, 16 bytes a parameter (2 weights, 2 gradients, 4 master, 4 + 4 moments), per
 * device under ZeRO stages 0..3 over `devices`; activations not included. Rajbhandari et al. 2020, §3.1.
 */
export const trainingMemory = define({
  name: 'trainingMemory',
  title: say('训练显存与 ZeRO', 'Training memory and ZeRO'),
  fields: { parameters: positive(), devices: size() },
  example: { parameters: 7e9, devices: 64 },
  run: ({ parameters, devices: n }) => {
    const bytesPerParameter = [16, 4 + 12 / n, 2 + 14 / n, 16 / n];
    return {
      bytesPerParameter,
      gigabytes: bytesPerParameter.map((bytes) => (bytes * parameters) / GIGABYTE),
    };
  },
  explain: ({ parameters, devices: n }, o) => [
    line(
      '权重 2 + 梯度 2 + 主权重 4 + 一阶矩 4 + 二阶矩 4',
      'Weights 2 + gradients 2 + master 4 + first moment 4 + second moment 4',
      '2 + 2 + 4 + 4 + 4 = 16',
    ),
    line(
      'ZeRO-1 分片优化器状态，ZeRO-2 再分片梯度，ZeRO-3 再分片权重',
      'ZeRO-1 shards the optimiser states, ZeRO-2 the gradients too, ZeRO-3 the weights too',
      tex`16,\quad 4 + \frac{12}{${n}},\quad 2 + \frac{14}{${n}},\quad \frac{16}{${n}} \quad\Rightarrow\quad ${o.bytesPerParameter}`,
      'bytesPerParameter',
    ),
    line(
      '每卡 GB（第 0 到第 3 阶段）',
      'GB a device (stages 0 to 3)',
      tex`\frac{${num(parameters)}}{10^9} \cdot ${o.bytesPerParameter} = ${o.gigabytes}`,
      'gigabytes',
    ),
  ],
});
