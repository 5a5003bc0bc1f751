export type { Bank, Erratum, Question, Topic } from './bank.ts';
export { type Asked, asked, draw, DrawError, instantiate, submissionOf, type Variant } from './draw.ts';
export { keyOf, printAnswer } from './key.ts';
export { loadBank, type Loaded } from './load.ts';
export type { Params } from './params.ts';
export type { Fault } from './parse.ts';
export type { Kind } from './schema.ts';
