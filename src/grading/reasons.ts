/** Two readings are possible, and neither is taken for granted. */
export const ambiguousReasons = [
  'decimal-comma', // 0,58 or 1.000,5: a decimal comma, a group or a list?
  'grouping', // 1,0000 or 1.000.000: not groups of three behind commas
  'implicit-product', // 1/2π or √2π: what does the division or the root cover?
  'mixed-number', // 1 500/1000, 1 3/2 or 1 1/2π: a mixed number, a grouped one or a product?
  'percent', // 1/2% or 100+10%: a percentage of what?
  'power-tower', // 2^3^2
  'lost-exponent', // 5.8×10-1: has a superscript been lost?
  'exponent', // 5e, 2e^3: Euler's number or an unfinished exponent?
  'magnitude', // 110m or 3兆: which power of ten?
  'unit', // Gb, or 7B where bytes are asked for
  'spaces', // 1 1/2 3 in a list separated by spaces only
] as const;

/** Nothing sensible can be read. */
export const unreadableReasons = [
  'steps', // an order that is no permutation of the steps
  'type', // not the type of submission that the kind takes
  'too-long',
  'too-deep',
  'too-complex', // more than 200 nodes
  'character', // a character that means nothing here
  'incomplete', // ends, or a bracket closes, where a number or a name should follow
  'bracket', // opened and not closed, or the other way round
  'operator', // two operands without an operator between them
  'signs', // --5
  'word', // a word that is neither a function, a constant nor a magnitude
  'not-finite', // 1/0, 1e999, ln(-1)
  'equation', // 2/3 = 0.667: one number is wanted
  'comparison', // > 0.5
  'range', // 0.5~0.6, 0.58±0.01
  'list', // several numbers where one is wanted
  'wrong-unit', // a unit that cannot be converted to the key's
  'entry', // an entry of a vector or matrix is missing
  'ragged', // rows of different lengths
  'undeclared', // a name that the question does not declare; the note lists the allowed ones
  'function', // a function that is not offered; the note lists the allowed ones
  'arguments', // the wrong number or shape of arguments
  'index', // x[0], x_9 of four entries, x_i y_j without a sum
  'syntax', // anything else that the formula reader refuses
  'precision', // a formula whose terms cancel so badly that rounding hides its value
] as const;

export type AmbiguousReason = (typeof ambiguousReasons)[number];
export type UnreadableReason = (typeof unreadableReasons)[number];
/** Why an answer could not be read; `empty` is a note of its own. */
export type Reason = AmbiguousReason | UnreadableReason | 'empty';

const ambiguous: ReadonlySet<string> = new Set(ambiguousReasons);

export const isAmbiguous = (reason: Reason): reason is AmbiguousReason => ambiguous.has(reason);
