-- Instants are ISO 8601 in UTC, dates are local dates (YYYY-MM-DD), Discord's ids are text.
-- Plain enough for SQLite and PostgreSQL alike: no automatic ids, no defaults for times, no booleans.

CREATE TABLE server (
  guild_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  zone TEXT NOT NULL,
  channel_id TEXT,
  role_id TEXT,
  daily_time TEXT,
  topics TEXT NOT NULL,
  levels TEXT NOT NULL,
  paused_at TEXT,
  season TEXT NOT NULL,
  set_by TEXT,
  last_date TEXT,
  next_at TEXT,
  joined_at TEXT NOT NULL,
  left_at TEXT
);
CREATE INDEX server_next ON server (next_at);

CREATE TABLE learner (
  user_id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  discord_locale TEXT NOT NULL,
  locale TEXT,
  zone TEXT,
  reminder_time TEXT,
  reminder_at TEXT,
  global_opt_in INTEGER NOT NULL,
  show_progress INTEGER NOT NULL,
  ask_confidence INTEGER NOT NULL,
  last_guild_id TEXT,
  first_seen_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL
);

CREATE INDEX learner_reminder ON learner (reminder_at);

-- Names as each server knows them, so that a leaderboard asks Discord for nothing.
CREATE TABLE member (
  guild_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (guild_id, user_id)
);
CREATE INDEX member_user ON member (user_id);

-- The ledger of daily posts: due -> sending -> posted -> closed.
CREATE TABLE daily (
  guild_id TEXT NOT NULL,
  local_date TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('due', 'sending', 'posted', 'closed')),
  question_id TEXT NOT NULL,
  question_version TEXT NOT NULL,
  nonce TEXT NOT NULL,
  due_at TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  message_id TEXT,
  posted_at TEXT,
  closes_at TEXT,
  closed_at TEXT,
  tries INTEGER NOT NULL,
  retry_at TEXT,
  last_error TEXT,
  PRIMARY KEY (guild_id, local_date)
);
CREATE INDEX daily_state ON daily (state, closes_at);

-- A question put to one learner. What its buttons name; what an answer is graded against.
CREATE TABLE ask (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  guild_id TEXT,
  mode TEXT NOT NULL CHECK (mode IN ('daily', 'quiz', 'review')),
  local_date TEXT,
  question_id TEXT NOT NULL,
  question_version TEXT NOT NULL,
  seed INTEGER NOT NULL,
  params TEXT NOT NULL,
  hinted INTEGER NOT NULL,
  draft TEXT,
  confidence TEXT,
  asked_at TEXT NOT NULL
);
CREATE UNIQUE INDEX ask_daily ON ask (guild_id, local_date, user_id) WHERE mode = 'daily';
CREATE INDEX ask_user ON ask (user_id, question_id);

-- Append-only: one graded attempt for each ask. The id is that of the interaction that brought the answer.
CREATE TABLE attempt (
  id TEXT PRIMARY KEY,
  ask_id TEXT NOT NULL UNIQUE REFERENCES ask (id),
  user_id TEXT NOT NULL,
  guild_id TEXT,
  mode TEXT NOT NULL,
  local_date TEXT,
  question_id TEXT NOT NULL,
  question_version TEXT NOT NULL,
  topic TEXT NOT NULL,
  level INTEGER NOT NULL,
  kind TEXT NOT NULL,
  seed INTEGER NOT NULL,
  params TEXT NOT NULL,
  submission TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('correct', 'partial', 'wrong')),
  score DOUBLE PRECISION NOT NULL,
  reading TEXT,
  notes TEXT NOT NULL,
  hinted INTEGER NOT NULL,
  confidence TEXT,
  late INTEGER NOT NULL,
  points INTEGER NOT NULL,
  answered_at TEXT NOT NULL,
  answered_on TEXT NOT NULL,
  server_date TEXT,
  season TEXT
);
CREATE UNIQUE INDEX attempt_daily ON attempt (guild_id, local_date, user_id) WHERE mode = 'daily';
CREATE INDEX attempt_user ON attempt (user_id, answered_at);
CREATE INDEX attempt_question ON attempt (question_id);

-- Sums by board (a server, or 'global') and period ('week:2026-W48'), derived from attempt.
CREATE TABLE score (
  board TEXT NOT NULL,
  period TEXT NOT NULL,
  user_id TEXT NOT NULL,
  points INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  correct DOUBLE PRECISION NOT NULL,
  accuracy DOUBLE PRECISION NOT NULL,
  reached_at TEXT NOT NULL,
  PRIMARY KEY (board, period, user_id)
);
CREATE INDEX score_points ON score (board, period, points DESC, reached_at, user_id);
CREATE INDEX score_accuracy ON score (board, period, accuracy DESC, reached_at, user_id);
CREATE INDEX score_user ON score (user_id);

-- Derived from review_log.
CREATE TABLE card (
  user_id TEXT NOT NULL,
  question_id TEXT NOT NULL,
  topic TEXT NOT NULL,
  due_on TEXT NOT NULL,
  memory TEXT NOT NULL,
  PRIMARY KEY (user_id, question_id)
);
CREATE INDEX card_due ON card (user_id, due_on);

-- Append-only: each review of a card, by the attempt that caused it.
CREATE TABLE review_log (
  attempt_id TEXT PRIMARY KEY REFERENCES attempt (id),
  user_id TEXT NOT NULL,
  question_id TEXT NOT NULL,
  rating INTEGER NOT NULL,
  zone TEXT NOT NULL,
  reviewed_at TEXT NOT NULL,
  log TEXT NOT NULL
);
CREATE INDEX review_log_card ON review_log (user_id, question_id, reviewed_at);

-- Derived from attempt and daily; streak_event is its audit trail.
CREATE TABLE streak (
  guild_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  current INTEGER NOT NULL,
  longest INTEGER NOT NULL,
  freezes INTEGER NOT NULL,
  last_date TEXT NOT NULL,
  PRIMARY KEY (guild_id, user_id)
);
CREATE INDEX streak_user ON streak (user_id);
CREATE INDEX streak_board ON streak (guild_id, current DESC, last_date DESC, user_id);

CREATE TABLE streak_event (
  guild_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  local_date TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (guild_id, user_id, local_date, kind)
);
CREATE INDEX streak_event_user ON streak_event (user_id);

CREATE TABLE report (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL,
  guild_id TEXT,
  question_id TEXT NOT NULL,
  question_version TEXT NOT NULL,
  seed INTEGER,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'resolved', 'hidden')),
  created_at TEXT NOT NULL,
  settled_at TEXT,
  settled_by TEXT
);
CREATE INDEX report_state ON report (state, created_at);
CREATE INDEX report_user ON report (user_id);
