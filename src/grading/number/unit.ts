import { type NotRead, type ReadNumber, readWhole } from './number.ts';

/** TODO */
export const readQuantity = (text: string, unit: string): ReadNumber | NotRead => {
  const trimmed = text.trimEnd();
  return readWhole(trimmed.endsWith(unit) ? trimmed.slice(0, -unit.length) : text);
};
