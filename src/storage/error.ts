/** Why the database cannot be used: one sentence for the operator. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
