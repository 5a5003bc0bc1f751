import { resolve } from 'node:path';
import { loadBank } from '../bank/index.ts';
import { regrade } from '../quiz/regrade.ts';
import { MIGRATIONS } from '../storage/migrate.ts';
import { openStorage } from '../storage/open.ts';
import type { Terminal } from './terminal.ts';

/** Grades every attempt at a question again with its key as it is now, and prints what changed. Epoch must not run. */
export async function regradeCommand(
  terminal: Terminal,
  { questionsDir, databasePath, id }: { questionsDir: string; databasePath: string; id: string },
): Promise<number> {
  const { bank } = await loadBank(questionsDir);
  const question = bank.questions.get(id);
  if (!question) {
    terminal.complain(
      `${id}: there is no such question, or it has faults; "npm run bank -- check" says which`,
    );
    return 1;
  }
  if (question.kind === 'open') {
    terminal.complain(
      `${id}: an answer to an open question is settled by whoever gave it; there is no key to grade it by`,
    );
    return 1;
  }
  const now = new Date();
  const storage = openStorage(resolve(databasePath), MIGRATIONS, now);
  try {
    const epoch = { db: storage.db, bank, now: () => now };
    const { attempts, changed, skipped } = await regrade(epoch, question);
    for (const { attemptId, userId, before, after } of changed) {
      terminal.print(
        `${attemptId} of ${userId}: ${before.outcome} ${before.score} (${before.points} points) -> ${after.outcome} ${after.score} (${after.points} points)`,
      );
    }
    for (const attemptId of skipped) {
      terminal.print(`${attemptId}: left as it was; its numbers do not fit the question as it is now`);
    }
    terminal.print(
      `${id}: ${attempts} attempts, ${changed.length} changed, ${skipped.length} left as they were`,
    );
    return 0;
  } finally {
    await storage.close();
  }
}
