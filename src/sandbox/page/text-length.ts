/** Discord counts code points. */
export const textLength = (text: string): number => Array.from(text).length;
