const closers: Record<string, string> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '‖': '‖',
  '|': '|',
  '⟨': '⟩',
  '⌊': '⌋',
  '⌈': '⌉',
};

/** Whether one pair of brackets holds the whole text. */
export const isBracketed = (text: string): boolean => {
  const open = text[0];
  const close = open === undefined ? undefined : closers[open];
  if (close === undefined || !text.endsWith(close) || text.length < 2) return false;
  if (open === close) return !text.slice(1, -1).includes(close);
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === open) depth++;
    else if (text[i] === close && --depth === 0) return i === text.length - 1;
  }
  return false;
};

/** In brackets, if it is not yet. */
export const bracket = (text: string): string => (isBracketed(text) ? text : `(${text})`);

/** What stands in no brackets. */
export const outside = (text: string): string => {
  const rest = text.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, '');
  return rest === text ? rest : outside(rest);
};
