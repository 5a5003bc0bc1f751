import type { Kysely } from 'kysely';

/** A row of each table, exactly as `migrations/` declares it. */
export interface Schema {
  server: ServerRow;
  learner: LearnerRow;
  member: MemberRow;
  daily: DailyRow;
  ask: AskRow;
  attempt: AttemptRow;
  score: ScoreRow;
  card: CardRow;
  review_log: ReviewLogRow;
  streak: StreakRow;
  streak_event: StreakEventRow;
  report: ReportRow;
}

/** The database, or a transaction on it: every query function takes it first. */
export type Db = Kysely<Schema>;

export interface ServerRow {
  guild_id: string;
  name: string;
  locale: string;
  zone: string;
  channel_id: string | null;
  role_id: string | null;
  /** `HH:MM` in the server's zone; null until the daily is set up. */
  daily_time: string | null;
  /** JSON array of topic slugs; empty means all. */
  topics: string;
  /** JSON array of levels; empty means all. */
  levels: string;
  paused_at: string | null;
  season: string;
  /** Whoever ran /settings last, to be told when posting fails. */
  set_by: string | null;
  /** The local date of the newest daily in the ledger. */
  last_date: string | null;
  /** When the next daily is due; null while there is none to come. */
  next_at: string | null;
  joined_at: string;
  left_at: string | null;
}

export interface LearnerRow {
  user_id: string;
  name: string;
  discord_locale: string;
  locale: string | null;
  zone: string | null;
  /** `HH:MM` in the learner's zone; null for no reminder. */
  reminder_time: string | null;
  /** When the next reminder is due. */
  reminder_at: string | null;
  global_opt_in: number;
  show_progress: number;
  ask_confidence: number;
  last_guild_id: string | null;
  first_seen_at: string;
  last_seen_at: string;
}

export interface MemberRow {
  guild_id: string;
  user_id: string;
  name: string;
}

export type DailyState = 'due' | 'sending' | 'posted' | 'closed';

export interface DailyRow {
  guild_id: string;
  local_date: string;
  state: DailyState;
  question_id: string;
  question_version: string;
  nonce: string;
  due_at: string;
  channel_id: string;
  message_id: string | null;
  posted_at: string | null;
  closes_at: string | null;
  closed_at: string | null;
  tries: number;
  retry_at: string | null;
  last_error: string | null;
}

export type Mode = 'daily' | 'quiz' | 'review';

export interface AskRow {
  id: string;
  user_id: string;
  guild_id: string | null;
  mode: Mode;
  /** The daily's date; null for practice. */
  local_date: string | null;
  question_id: string;
  question_version: string;
  seed: number;
  /** JSON of the drawn parameters. */
  params: string;
  hinted: number;
  /** What was typed last and could not be read, to be mended. */
  draft: string | null;
  /** What the learner claims before answering, if they want to be asked. */
  confidence: 'sure' | 'unsure' | null;
  asked_at: string;
}

export interface AttemptRow extends Omit<AskRow, 'id' | 'asked_at' | 'draft'> {
  id: string;
  ask_id: string;
  topic: string;
  level: number;
  kind: string;
  /** JSON of what was submitted. */
  submission: string;
  outcome: 'correct' | 'partial' | 'wrong';
  score: number;
  reading: string | null;
  /** JSON of the verdict's notes. */
  notes: string;
  late: number;
  points: number;
  answered_at: string;
  /** The local date of the answer, in the server's zone or, outside one, the learner's. */
  answered_on: string;
  /** The server's local date and season at that moment, so that the boards can be counted again; null outside one. */
  server_date: string | null;
  season: string | null;
}

export interface ScoreRow {
  board: string;
  period: string;
  user_id: string;
  points: number;
  answered: number;
  /** Sum of scores, each 0..1. */
  correct: number;
  /** correct / answered */
  accuracy: number;
  reached_at: string;
}

export interface CardRow {
  user_id: string;
  question_id: string;
  topic: string;
  due_on: string;
  /** JSON of the card as the study module knows it. */
  memory: string;
}

export interface ReviewLogRow {
  attempt_id: string;
  user_id: string;
  question_id: string;
  rating: number;
  zone: string;
  reviewed_at: string;
  log: string;
}

export interface StreakRow {
  guild_id: string;
  user_id: string;
  current: number;
  longest: number;
  freezes: number;
  last_date: string;
}

export interface StreakEventRow {
  guild_id: string;
  user_id: string;
  local_date: string;
  kind: string;
  at: string;
}

export interface ReportRow {
  id: string;
  user_id: string;
  guild_id: string | null;
  question_id: string;
  question_version: string;
  seed: number | null;
  reason: string;
  state: 'open' | 'resolved' | 'hidden';
  created_at: string;
  settled_at: string | null;
  settled_by: string | null;
}
