/** Round numbers from at most `low` to at least `high`, about `count` of them. */
export const ticks = (low: number, high: number, count: number): number[] => {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10]
    .map((factor) => factor * power)
    .find((candidate) => candidate >= rough * 0.999)!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: Math.max(last - first, 1) + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
};

/** Ticks as they are written, all in one manner: `0.5`, `10k`, `−2e-5`. */
export const tickTexts = (values: readonly number[]): string[] => {
  const size = Math.max(...values.map((value) => Math.abs(value)));
  const text = (value: number): string => {
    if (value === 0) return '0';
    if (size >= 1e6 || size < 1e-3) return Number(value.toPrecision(6)).toExponential().replace('e+', 'e');
    return size >= 10_000
      ? `${Number((value / 1000).toPrecision(6))}k`
      : String(Number(value.toPrecision(6)));
  };
  return values.map((value) => text(value).replace(/^-/, '−'));
};
