/** A 31-bit seed from a name (FNV-1a): the same name always draws the same numbers. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) & 0x7fffffff;
}
