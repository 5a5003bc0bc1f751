import { describe, expect, test } from 'vitest';
import { answer } from '../../src/quiz/answer.ts';
import { askPractice } from '../../src/quiz/ask.ts';
import { changeOwnSettings } from '../../src/quiz/me.ts';
import { regrade } from '../../src/quiz/regrade.ts';
import { GUILD, testEpoch, withLearner, withServer, type TestEpoch } from './world.ts';

async function choose(epoch: TestEpoch, userId: string, id: string, submission: number): Promise<void> {
  await withLearner(epoch, userId);
  const practice = await askPractice(epoch, { id, userId, guildId: GUILD, filter: { kind: 'choice' } });
  await answer(epoch, { id: `${id}a`, askId: practice!.asked.ask.id, userId, submission });
}

/** The choice question with its key moved to another option. */
function corrected(epoch: TestEpoch) {
  const question = epoch.bank.questions.get('softmax/shift')!;
  const { content } = question;
  if (content.kind !== 'choice') throw new Error('not a choice');
  const options = content.options.map(({ text, says }, index) =>
    index === 1 ? { text, correct: true as const } : { text, says: says ?? text },
  );
  return { ...question, version: 'corrected', content: { ...content, options } };
}

const state = async ({ db }: TestEpoch) => ({
  scores: await db
    .selectFrom('score')
    .selectAll()
    .orderBy('board')
    .orderBy('period')
    .orderBy('user_id')
    .execute(),
  cards: await db.selectFrom('card').selectAll().orderBy('user_id').execute(),
  reviews: await db.selectFrom('review_log').selectAll().orderBy('attempt_id').execute(),
});

describe('regrade', () => {
  test('leaves everything as it is while the key is the same', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await choose(epoch, '1', '10', 0);
    await changeOwnSettings(epoch, '1', { globalOptIn: true });
    epoch.time = new Date('2027-03-01T01:00:00Z');
    await choose(epoch, '1', '11', 1);
    await choose(epoch, '2', '12', 2);
    const before = await state(epoch);
    const result = await regrade(epoch, epoch.bank.questions.get('softmax/shift')!);
    expect(result).toEqual({ attempts: 3, changed: [], skipped: [] });
    expect(await state(epoch)).toEqual(before);
  });

  test('moves points, cards and boards to where they would be had the key been right', async () => {
    const epoch = await testEpoch();
    await withServer(epoch);
    await choose(epoch, '1', '10', 0);
    await choose(epoch, '2', '11', 1);
    const result = await regrade(epoch, corrected(epoch));
    expect(result.changed.map(({ userId, before, after }) => [userId, before.points, after.points])).toEqual([
      ['1', 20, 0],
      ['2', 0, 20],
    ]);
    const regraded = await state(epoch);

    const fresh = await testEpoch();
    await withServer(fresh);
    const question = corrected(fresh);
    fresh.bank = { ...fresh.bank, questions: new Map(fresh.bank.questions).set(question.id, question) };
    await choose(fresh, '1', '10', 0);
    await choose(fresh, '2', '11', 1);
    expect(regraded).toEqual(await state(fresh));
  });
});
