/** Where a command is run from, and where it writes. */
export interface Terminal {
  readonly cwd: string;
  /** One line or several, to standard output. */
  readonly print: (text: string) => void;
  /** The same to standard error. */
  readonly complain: (text: string) => void;
  /** Resolves when the person at it has seen enough (Ctrl-C). */
  readonly interrupted: () => Promise<void>;
}
