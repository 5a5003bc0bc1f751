import { define, line, say } from './define.ts';
import { choice } from './fields.ts';
import { is, tex } from './latex.ts';

/** Explicit fraction bits and the largest exponent of a finite number (IEEE 754; bfloat16). */
const formats = {
  fp16: { fraction: 10, exponent: 15 },
  bf16: { fraction: 7, exponent: 127 },
  fp32: { fraction: 23, exponent: 127 },
  fp64: { fraction: 52, exponent: 1023 },
} as const;

/** The largest finite number of a float format, and the exponent above which e^z overflows: its logarithm. */
export const floatLimits = define({
  name: 'floatLimits',
  title: say('浮点格式与指数溢出', 'Float formats and overflow of exp'),
  fields: { format: choice('fp16', 'bf16', 'fp32', 'fp64') },
  example: { format: 'fp16' },
  run: ({ format }) => {
    const { fraction, exponent } = formats[format];
    const largest = (2 - 2 ** -fraction) * 2 ** exponent;
    return { largest, largestExponent: Math.log(largest), epsilon: 2 ** -fraction };
  },
  explain: ({ format }, o) => {
    const { fraction, exponent } = formats[format];
    return [
      line(
        '1 与下一个数的间隔',
        'The gap between 1 and the next number',
        tex`2^{-${fraction}} ${is(o.epsilon)}`,
        'epsilon',
      ),
      line(
        '最大的有限数',
        'The largest finite number',
        tex`(2 - 2^{-${fraction}}) \cdot 2^{${exponent}} ${is(o.largest)}`,
        'largest',
      ),
      line(
        '指数超过它的对数就溢出',
        'exp overflows beyond its logarithm',
        tex`\ln\left(${o.largest}\right) ${is(o.largestExponent)}`,
        'largestExponent',
      ),
    ];
  },
});
