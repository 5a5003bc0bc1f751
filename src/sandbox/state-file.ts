/** Keeps the world, the commands and the public messages in a file, so that a restart finds them again. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { StoredFile } from './files.ts';
import type { StoredMessage } from './messages.ts';
import type { Command } from './operator-api.ts';
import { deserialise, serialise, type World } from './world.ts';

export interface SavedState {
  world: World | null;
  commands: Command[];
  messages: StoredMessage[];
  files: StoredFile[];
  /** Where the virtual clock stood ahead of the system's. */
  offsetMs: number;
}

export interface StateFile {
  saved: SavedState;
  markWorld: () => void;
  markMessage: (channelId: string, messageId: string) => void;
  close(): void;
}

interface Source {
  world: () => { world: World; commands: Command[]; offsetMs: number };
  /** undefined: it is gone. */
  message: (
    channelId: string,
    messageId: string,
  ) => { stored: StoredMessage; files: StoredFile[] } | undefined;
}

const SCHEMA = `
  create table if not exists world (id integer primary key check (id = 1), json text not null);
  create table if not exists message (id text primary key, json text not null);
  create table if not exists file (id text primary key, message_id text not null, json text not null, bytes blob not null);
  create index if not exists file_message on file (message_id);`;

/** To be raised when what is stored changes its form. */
const VERSION = 1;

const DELAY = 50;
const RETRY_AFTER = 2000;

/** Stands for the sandbox's address in stored messages, since the port may be another one next time. */
const HERE = 'sandbox:/attachments/';

/** `baseUrl` is where the sandbox is served now. */
export const openStateFile = (path: string, baseUrl: string, source: Source): StateFile => {
  const attachments = `${baseUrl}/attachments/`;
  mkdirSync(dirname(path), { recursive: true });
  const db = new Database(path);
  const version = db.pragma('user_version', { simple: true });
  if (version !== 0 && version !== VERSION)
    throw new Error(`${path} was written by another version of the sandbox; move it away to start afresh.`);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = normal');
  db.exec(SCHEMA);
  db.pragma(`user_version = ${VERSION}`);
  const putWorld = db.prepare('insert or replace into world values (1, ?)');
  const putMessage = db.prepare('insert or replace into message values (?, ?)');
  const deleteMessage = db.prepare('delete from message where id = ?');
  const putFile = db.prepare('insert or ignore into file values (?, ?, ?, ?)');
  const fileIds = db.prepare<[string], { id: string }>('select id from file where message_id = ?');
  const deleteFile = db.prepare('delete from file where id = ?');

  const load = (): SavedState => {
    const row = db.prepare<[], { json: string }>('select json from world').get();
    const world = row
      ? (deserialise(row.json) as { world: World; commands: Command[]; offsetMs: number })
      : { world: null, commands: [], offsetMs: 0 };
    const messages = db
      .prepare<[], { json: string }>('select json from message order by length(id), id')
      .all()
      .map(({ json }) => JSON.parse(json.replaceAll(HERE, attachments)) as StoredMessage);
    const files = db
      .prepare<[], { json: string; bytes: Buffer }>('select json, bytes from file')
      .all()
      .map(({ json, bytes }) => ({ ...(JSON.parse(json) as Omit<StoredFile, 'bytes'>), bytes }));
    return { ...world, messages, files };
  };

  let worldChanged = false;
  const changed = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  const write = db.transaction(() => {
    if (worldChanged) putWorld.run(serialise(source.world()));
    for (const [messageId, channelId] of changed) {
      const found = source.message(channelId, messageId);
      for (const { id } of fileIds.all(messageId))
        if (!found?.stored.fileIds.includes(id)) deleteFile.run(id);
      if (!found) {
        deleteMessage.run(messageId);
        continue;
      }
      putMessage.run(messageId, JSON.stringify(found.stored).replaceAll(attachments, HERE));
      for (const { bytes, ...rest } of found.files)
        putFile.run(rest.id, messageId, JSON.stringify(rest), bytes);
    }
  });
  let failing = false;
  /** What cannot be written, as on a full disk, is kept for the next time. */
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    try {
      write();
      worldChanged = false;
      changed.clear();
      failing = false;
    } catch (error) {
      if (!failing)
        console.error(`The sandbox cannot write ${path} (${(error as Error).message}); it tries again.`);
      failing = true;
      timer = setTimeout(flush, RETRY_AFTER);
    }
  };
  const soon = () => {
    timer ??= setTimeout(flush, DELAY);
  };

  return {
    saved: load(),
    markWorld: () => {
      worldChanged = true;
      soon();
    },
    markMessage: (channelId, messageId) => {
      changed.set(messageId, channelId);
      soon();
    },
    close: () => {
      flush();
      clearTimeout(timer);
      db.close();
    },
  };
};
