/** Why Epoch cannot start or go on: one sentence that says what to do. The process ends with it, and exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
