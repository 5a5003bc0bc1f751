import type { OperatorError } from '../operator-api.ts';

/** What a Discord client would not let its user do. */
export class Refusal extends Error {
  readonly status: number;
  readonly problems: OperatorError['problems'];
  constructor(message: string, problems?: OperatorError['problems'], status = 400) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

export const notKnown = (what: string) => new Refusal(`There is no such ${what}.`, undefined, 404);
