import { sql } from 'kysely';
import type { Db } from './schema.ts';

const INSTANT = "'____-__-__T__:__:__.___Z'";
const DATE = "'____-__-__'";

/** What must hold of the records, and the rows of which it does not: each query answers with their names. */
const RULES: readonly { readonly fault: string; readonly rows: string }[] = [
  {
    fault: 'is due or being sent, but has a message or has closed',
    rows: `SELECT 'daily ' || guild_id || ' ' || local_date AS name FROM daily WHERE state IN ('due', 'sending')
      AND (message_id IS NOT NULL OR posted_at IS NOT NULL OR closes_at IS NOT NULL OR closed_at IS NOT NULL)`,
  },
  {
    fault: 'is posted, but lacks its message or a closing time, or has closed',
    rows: `SELECT 'daily ' || guild_id || ' ' || local_date AS name FROM daily WHERE state = 'posted'
      AND (message_id IS NULL OR posted_at IS NULL OR closes_at IS NULL OR closed_at IS NOT NULL)`,
  },
  {
    fault: 'is closed, but not since any time',
    rows: `SELECT 'daily ' || guild_id || ' ' || local_date AS name FROM daily WHERE state = 'closed' AND closed_at IS NULL`,
  },
  {
    fault: 'is closed, but was neither posted in full nor given up',
    rows: `SELECT 'daily ' || guild_id || ' ' || local_date AS name FROM daily WHERE state = 'closed'
      AND ((message_id IS NULL) <> (posted_at IS NULL) OR (message_id IS NULL) <> (closes_at IS NULL))`,
  },
  {
    fault: 'has times or a date that cannot be read',
    rows: `SELECT 'daily ' || guild_id || ' ' || local_date AS name FROM daily WHERE local_date NOT LIKE ${DATE}
      OR due_at NOT LIKE ${INSTANT} OR posted_at NOT LIKE ${INSTANT} OR closes_at NOT LIKE ${INSTANT} OR closed_at NOT LIKE ${INSTANT}`,
  },
  {
    fault: 'is of a server that is not known',
    rows: `SELECT 'daily ' || guild_id || ' ' || local_date AS name FROM daily
      WHERE guild_id NOT IN (SELECT guild_id FROM server)`,
  },
  {
    fault: 'takes another daily for its newest than the ledger',
    rows: `SELECT 'server ' || guild_id AS name FROM server WHERE coalesce(last_date, '') <>
      coalesce((SELECT max(local_date) FROM daily WHERE daily.guild_id = server.guild_id), '')`,
  },
  {
    fault: 'is not of what was asked',
    rows: `SELECT 'attempt ' || attempt.id AS name FROM attempt JOIN ask ON ask.id = attempt.ask_id
      WHERE attempt.user_id <> ask.user_id OR attempt.mode <> ask.mode OR attempt.question_id <> ask.question_id
      OR coalesce(attempt.guild_id, '') <> coalesce(ask.guild_id, '')
      OR coalesce(attempt.local_date, '') <> coalesce(ask.local_date, '')`,
  },
  {
    fault: 'is at a daily that was never posted',
    rows: `SELECT 'attempt ' || attempt.id AS name FROM attempt LEFT JOIN daily
      ON daily.guild_id = attempt.guild_id AND daily.local_date = attempt.local_date
      WHERE attempt.mode = 'daily' AND daily.posted_at IS NULL`,
  },
  {
    fault: 'has a time, a date, a score or points that cannot be',
    rows: `SELECT 'attempt ' || id AS name FROM attempt WHERE answered_at NOT LIKE ${INSTANT} OR answered_on NOT LIKE ${DATE}
      OR score < 0 OR score > 1 OR points < 0`,
  },
];

/** Every record that contradicts itself or another, in words. */
export async function contradictions(db: Db): Promise<string[]> {
  const found: string[] = [];
  for (const { fault, rows } of RULES) {
    const named = await sql.raw<{ name: string }>(rows).execute(db);
    found.push(...named.rows.map(({ name }) => `${name} ${fault}`));
  }
  return found;
}
