/** The package ships no types; this is all we call. */
declare module 'mathjax' {
  export const init: <T>(config: object) => Promise<T>;
}
