/** Discord's ids: 42 bits of milliseconds since 2015, 22 bits to tell apart what shares a millisecond. */
const EPOCH = 1_420_070_400_000;

export const snowflakeAt = (time: number, sequence = 0): string =>
  ((BigInt(time - EPOCH) << 22n) | BigInt(sequence & 0x3fffff)).toString();

/** Makes ids that only grow, even when the clock stands still. */
export const createIds = (now: () => number): (() => string) => {
  let last = 0n;
  return () => {
    const next = BigInt(now() - EPOCH) << 22n;
    last = next > last ? next : last + 1n;
    return last.toString();
  };
};
