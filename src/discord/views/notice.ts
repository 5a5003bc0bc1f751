import { accent, card, text, type View } from './message.ts';

/** One sentence that says what to do next. */
export const noticeView = (sentence: string): View => card(accent.quiet, text(sentence));
