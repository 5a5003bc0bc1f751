import { insertReport, findOpenReport, findReport, openReports, settleReports } from '../storage/report.ts';
import type { ReportRow } from '../storage/schema.ts';
import type { Epoch } from './epoch.ts';

export interface ReportRequest {
  /** The interaction's id: it becomes the report's. */
  readonly id: string;
  readonly userId: string;
  readonly guildId: string | null;
  readonly questionId: string;
  readonly seed: number | null;
  readonly reason: string;
}

/** Notes what is wrong with a question. A learner has one open report of each at a time. */
export async function reportQuestion(
  { db, bank, now }: Epoch,
  { id, userId, guildId, questionId, seed, reason }: ReportRequest,
): Promise<'unknown' | 'already' | 'noted'> {
  const question = bank.questions.get(questionId);
  if (!question) return 'unknown';
  if (await findOpenReport(db, userId, questionId)) return 'already';
  await insertReport(db, {
    id,
    user_id: userId,
    guild_id: guildId,
    question_id: questionId,
    question_version: question.version,
    seed,
    reason,
    state: 'open',
    created_at: now().toISOString(),
    settled_at: null,
    settled_by: null,
  });
  return 'noted';
}

/** What was reported about one question of a server, the newest reason first. */
export interface Reported {
  /** One of the reports: it stands for all of them. */
  readonly id: string;
  readonly questionId: string;
  readonly count: number;
  readonly reasons: readonly string[];
}

/** A server's queue of reported questions, those reported most often first. */
export async function reportedQuestions({ db }: Epoch, guildId: string): Promise<Reported[]> {
  const byQuestion = new Map<string, ReportRow[]>();
  for (const row of await openReports(db, guildId)) {
    byQuestion.set(row.question_id, [row, ...(byQuestion.get(row.question_id) ?? [])]);
  }
  return [...byQuestion]
    .map(([questionId, rows]) => ({
      id: rows[0]!.id,
      questionId,
      count: rows.length,
      reasons: rows.map(({ reason }) => reason),
    }))
    .toSorted((a, b) => b.count - a.count);
}

/** Settles all reports of a question in a server: resolved, or the question is asked no more there. */
export async function settleReported(
  { db, now }: Epoch,
  {
    reportId,
    guildId,
    state,
    by,
  }: {
    readonly reportId: string;
    readonly guildId: string;
    readonly state: 'resolved' | 'hidden';
    readonly by: string;
  },
): Promise<void> {
  const report = await findReport(db, reportId);
  if (report?.guild_id !== guildId) return;
  await settleReports(db, guildId, report.question_id, {
    state,
    settled_at: now().toISOString(),
    settled_by: by,
  });
}
