/** To the nearest whole number, halves to the even one, as Python's round and torch.round do. */
export const roundHalfEven = (x: number): number => {
  const below = Math.floor(x);
  const rest = x - below;
  // + 0 turns -0 into 0.
  if (rest !== 0.5) return Math.round(x) + 0;
  return below % 2 === 0 ? below : below + 1;
};
