import Database from 'better-sqlite3';

/** Why the database takes no writes. All but damage may end by itself, and Epoch then goes on. */
export type Trouble = 'full' | 'read-only' | 'locked' | 'disk' | 'damaged';

/** For the operator: what is wrong, and what to do. */
export const ADVICE: Readonly<Record<Trouble, string>> = {
  full: 'the disk is full: free some space',
  'read-only': 'it cannot be written: make the file and its folder writable for the user that runs Epoch',
  locked: 'another program holds it, such as a backup or a sqlite3 shell: end that',
  disk: 'the disk refuses to write: look at its quota, its limits and the log of the system',
  damaged: 'the file is damaged: stop Epoch and restore a backup',
};

const BY_CODE: Readonly<Record<string, Trouble>> = {
  SQLITE_FULL: 'full',
  // Making room for the index of the write-ahead log is where a full disk shows first.
  SQLITE_IOERR_SHMSIZE: 'full',
  SQLITE_READONLY: 'read-only',
  SQLITE_CANTOPEN: 'read-only',
  SQLITE_PERM: 'read-only',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
  SQLITE_IOERR: 'disk',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
};

/** What an error says about the database; undefined when it is about something else. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Database.SqliteError)) return undefined;
  // SQLITE_READONLY_ROLLBACK and the like say more than is needed here.
  const [family = ''] = /^SQLITE_[A-Z]+/.exec(error.code) ?? [];
  return BY_CODE[error.code] ?? BY_CODE[family];
}
