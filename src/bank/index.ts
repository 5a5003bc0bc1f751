export type { Bank, Question, Topic } from './bank.ts';
export { type Asked, asked, draw, DrawError, instantiate, submissionOf, type Variant } from './draw.ts';
export { printAnswer } from './key.ts';
export { loadBank } from './load.ts';
export type { Fault } from './parse.ts';
export type { Kind } from './schema.ts';
