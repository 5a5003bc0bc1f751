import { once } from 'node:events';

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

/** This process's. */
export const terminalHere = (): Terminal => ({
  // npm runs a script in the project's folder, and says where it was called.
  cwd: process.env['INIT_CWD'] ?? process.cwd(),
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
  interrupted: async () => {
    await once(process, 'SIGINT');
  },
});
