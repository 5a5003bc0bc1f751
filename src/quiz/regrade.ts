import { instantiate, type Question, type Variant } from '../bank/index.ts';
import { grade, type Submission, type Verdict } from '../grading/index.ts';
import { isDue, localDate, pointsFor, Rating, type Card } from '../study/index.ts';
import { attemptsAtQuestionByAll, reviseAttempt } from '../storage/attempt.ts';
import { replaceCard, reviewsOf } from '../storage/card.ts';
import type { AttemptRow, Db } from '../storage/schema.ts';
import { recountBoards } from './boards.ts';
import { inOrderOfReview, reviewAttempt } from './cards.ts';
import type { Epoch } from './epoch.ts';

export interface Regraded {
  readonly attempts: number;
  /** Attempts whose outcome, score or points are not what they were. */
  readonly changed: readonly {
    readonly attemptId: string;
    readonly userId: string;
    readonly before: { readonly outcome: string; readonly score: number; readonly points: number };
    readonly after: { readonly outcome: string; readonly score: number; readonly points: number };
  }[];
  /** Attempts that the question as it is now cannot grade: they stay as they were. */
  readonly skipped: readonly string[];
}

/**
 * Grades every attempt at a question again with the question as it is now, and works out anew what followed from it:
 * points, cards and boards. Not for open questions, whose verdict is the learner's own. Streaks stay: they count that an answer was given, not that it was right.
 */
export function regrade(epoch: Epoch, question: Question): Promise<Regraded> {
  return epoch.db.transaction().execute(async (db) => {
    const attempts = await attemptsAtQuestionByAll(db, question.id);
    const changed: Regraded['changed'][number][] = [];
    const skipped: string[] = [];
    for (const own of byLearner(attempts)) {
      const { revised, unfit } = await regradeLearner(db, question, own);
      skipped.push(...unfit);
      const different = revised.filter(({ before, after }) => !sameResult(before, after));
      for (const { before, after } of different) {
        changed.push({
          attemptId: after.id,
          userId: after.user_id,
          before: resultOf(before),
          after: resultOf(after),
        });
      }
      if (different.length > 0) await recountBoards(db, own[0]!.user_id);
    }
    return { attempts: attempts.length, changed, skipped };
  });
}

const resultOf = ({ outcome, score, points }: AttemptRow) => ({ outcome, score, points });

const sameResult = (a: AttemptRow, b: AttemptRow): boolean =>
  a.outcome === b.outcome && a.score === b.score && a.points === b.points;

function byLearner(attempts: readonly AttemptRow[]): AttemptRow[][] {
  return [...Map.groupBy(attempts, ({ user_id }) => user_id).values()];
}

/** One learner's attempts at the question, in order: each depends on the card that those before it left. */
async function regradeLearner(db: Db, question: Question, attempts: readonly AttemptRow[]) {
  const reviews = new Map(
    (await reviewsOf(db, attempts[0]!.user_id, question.id)).map((row) => [row.attempt_id, row]),
  );
  const revised: { before: AttemptRow; after: AttemptRow }[] = [];
  const unfit: string[] = [];
  let card: Card | null = null;
  for (const [index, before] of inOrderOfReview(attempts, reviews).entries()) {
    const verdict = gradeAgain(question, before);
    if (!verdict) unfit.push(before.id);
    const known = reviews.get(before.id);
    const zone = known?.zone ?? 'UTC';
    const due = card !== null && isDue(card, localDate(new Date(before.answered_at), zone));
    const after = verdict ? revise(question, before, verdict, { attempted: index > 0, due }) : before;
    if (known) {
      const next = reviewAttempt(card, after, { zone, easy: known.rating === Rating.Easy });
      card = next.card;
      await replaceCard(db, {
        ...next,
        userId: before.user_id,
        questionId: question.id,
        attemptId: before.id,
      });
    }
    await reviseAttempt(db, after);
    revised.push({ before, after });
  }
  return { revised, unfit };
}

function gradeAgain(
  question: Question,
  attempt: AttemptRow,
): (Verdict & { outcome: AttemptRow['outcome'] }) | undefined {
  try {
    const { spec } = instantiate(question, JSON.parse(attempt.params) as Variant['params'], attempt.seed);
    const verdict = grade(spec, JSON.parse(attempt.submission) as Submission);
    return verdict.outcome === 'invalid' ? undefined : { ...verdict, outcome: verdict.outcome };
  } catch {
    // The numbers drawn then do not fit the question as it is now.
    return undefined;
  }
}

function revise(
  question: Question,
  attempt: AttemptRow,
  { outcome, score, reading, notes }: Verdict & { outcome: AttemptRow['outcome'] },
  { attempted, due }: { attempted: boolean; due: boolean },
): AttemptRow {
  const { kind, level, version } = question;
  const points = pointsFor({
    kind,
    level,
    score,
    hinted: attempt.hinted === 1,
    late: attempt.late === 1,
    attempted,
    due,
  });
  return {
    ...attempt,
    question_version: version,
    level,
    outcome,
    score,
    reading: reading ?? null,
    notes: JSON.stringify(notes),
    points,
  };
}
