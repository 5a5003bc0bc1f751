import { describe, expect, test } from 'vitest';
import { draw, submissionOf, type Variant } from '../../src/bank/index.ts';
import { answer } from '../../src/quiz/answer.ts';
import { askPractice, recall, takeHint, type Asked } from '../../src/quiz/ask.ts';
import { forget } from '../../src/quiz/privacy.ts';
import { insertAsk } from '../../src/storage/ask.ts';
import { GUILD, smallBank, testEpoch, withLearner, withServer, type TestEpoch } from './world.ts';

const USER = '200000000000000001';

async function asked(epoch: TestEpoch, kind: string, id = '300000000000000001'): Promise<Asked> {
  const practice = await askPractice(epoch, { id, userId: USER, guildId: GUILD, filter: { kind } });
  if (!practice) throw new Error(`no ${kind}`);
  return practice.asked;
}

async function start(): Promise<TestEpoch> {
  const epoch = await testEpoch();
  await withServer(epoch);
  await withLearner(epoch, USER);
  return epoch;
}

/** What somebody who knows the answer submits. */
function rightAnswer({ spec }: Variant) {
  switch (spec.kind) {
    case 'choice':
    case 'multi':
    case 'order':
      return spec.correct;
    case 'vector':
      return spec.value.map((value) => value.toFixed(4)).join(', ');
    case 'numeric':
      return spec.value.toFixed(4);
    default:
      return 'overflow 约掉';
  }
}

const points = (epoch: TestEpoch, userId = USER) =>
  epoch.db
    .selectFrom('score')
    .select(['board', 'period', 'points', 'answered'])
    .where('user_id', '=', userId)
    .orderBy('period')
    .execute();

describe('answer', () => {
  test.each(['choice', 'multi', 'numeric', 'vector', 'order'])(
    'a right %s scores level x 10',
    async (kind) => {
      const epoch = await start();
      const { ask, variant } = await asked(epoch, kind);
      const result = await answer(epoch, {
        id: '4',
        askId: ask.id,
        userId: USER,
        submission: rightAnswer(variant),
      });
      expect(result).toMatchObject({
        status: 'graded',
        first: true,
        attempt: { outcome: 'correct', points: 20 },
      });
      expect(await points(epoch)).toEqual([
        { board: GUILD, period: 'day:2026-11-24', points: 20, answered: 1 },
        { board: GUILD, period: 'month:2026-11', points: 20, answered: 1 },
        { board: GUILD, period: 'season:2026-11-24', points: 20, answered: 1 },
        { board: GUILD, period: 'week:2026-W48', points: 20, answered: 1 },
      ]);
      expect(await epoch.db.selectFrom('card').selectAll().execute()).toHaveLength(1);
    },
  );

  test('an open question is practice: it counts on no board', async () => {
    const epoch = await start();
    const { ask } = await asked(epoch, 'open');
    const result = await answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: '溢出' });
    expect(result).toMatchObject({ attempt: { outcome: 'partial', points: 0 } });
    expect(await points(epoch)).toEqual([]);
  });

  test('what cannot be read is no attempt, and is kept to be mended', async () => {
    const epoch = await start();
    const { ask, variant } = await asked(epoch, 'vector');
    const invalid = await answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: '0,1 und 0,2' });
    expect(invalid).toMatchObject({ status: 'invalid', typed: '0,1 und 0,2' });
    expect(await epoch.db.selectFrom('attempt').selectAll().execute()).toEqual([]);
    expect(await epoch.db.selectFrom('card').selectAll().execute()).toEqual([]);
    expect(await recall(epoch, ask.id, USER)).toMatchObject({
      status: 'open',
      asked: { ask: { draft: '0,1 und 0,2' } },
    });
    const mended = await answer(epoch, {
      id: '5',
      askId: ask.id,
      userId: USER,
      submission: rightAnswer(variant),
    });
    expect(mended).toMatchObject({ status: 'graded', attempt: { points: 20 } });
  });

  test('a known mistake is named', async () => {
    const epoch = await start();
    const question = epoch.bank.questions.get('softmax/probs')!;
    const seed = Array.from({ length: 50 }, (_, index) => index).find(
      (candidate) => draw(question, candidate).mistakes.length > 0,
    )!;
    const variant = draw(question, seed);
    const ask = { id: '3', user_id: USER, guild_id: GUILD, mode: 'quiz', local_date: null } as const;
    await insertAsk(epoch.db, {
      ...ask,
      question_id: question.id,
      question_version: question.version,
      seed,
      params: JSON.stringify(variant.params),
      hinted: 0,
      draft: null,
      confidence: null,
      asked_at: epoch.now().toISOString(),
    });
    const submission = (variant.mistakes[0]!.value as number[]).join(', ');
    const result = await answer(epoch, { id: '4', askId: '3', userId: USER, submission });
    expect(result).toMatchObject({ attempt: { outcome: 'wrong' } });
    const { notes } = await epoch.db.selectFrom('attempt').select('notes').executeTakeFirstOrThrow();
    expect(JSON.parse(notes)).toContainEqual({ code: 'mistake', id: 'no-exp' });
  });

  test('two presses at once are one attempt, and both see it', async () => {
    const epoch = await start();
    const { ask, variant } = await asked(epoch, 'choice');
    const right = submissionOf(variant, [variant.display.indexOf(0)]);
    const wrong = submissionOf(variant, [variant.display.indexOf(1)]);
    const [first, second] = await Promise.all([
      answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: wrong }),
      answer(epoch, { id: '5', askId: ask.id, userId: USER, submission: right }),
    ]);
    expect(first).toMatchObject({ status: 'graded', first: true, attempt: { outcome: 'wrong' } });
    expect(second).toMatchObject({ status: 'graded', first: false, attempt: { id: '4', outcome: 'wrong' } });
    expect(await epoch.db.selectFrom('attempt').selectAll().execute()).toHaveLength(1);
    expect((await points(epoch))[0]).toMatchObject({ points: 0, answered: 1 });
  });

  test('somebody else’s question stays theirs', async () => {
    const epoch = await start();
    const { ask } = await asked(epoch, 'choice');
    expect(await answer(epoch, { id: '4', askId: ask.id, userId: '999', submission: 0 })).toEqual({
      status: 'not-yours',
    });
  });

  test('a hint leaves four fifths of the points', async () => {
    const epoch = await start();
    const { ask } = await asked(epoch, 'choice');
    await takeHint(epoch, ask.id, USER);
    const result = await answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: 0 });
    expect(result).toMatchObject({ attempt: { points: 16, hinted: 1 } });
  });

  test('the same question earns nothing again until its card is due, then half', async () => {
    const epoch = await start();
    const answerAgain = async (id: string) => {
      const { ask } = await asked(epoch, 'choice', id);
      return answer(epoch, { id: `${id}9`, askId: ask.id, userId: USER, submission: 0 });
    };
    expect(await answerAgain('31')).toMatchObject({ attempt: { points: 20 } });
    expect(await answerAgain('32')).toMatchObject({ attempt: { points: 0 } });
    epoch.time = new Date('2027-06-01T01:00:00Z');
    expect(await answerAgain('33')).toMatchObject({ attempt: { points: 10 } });
  });

  test('a question revised in between is put anew instead of graded', async () => {
    const epoch = await start();
    const { ask, question } = await asked(epoch, 'vector');
    const bank = await smallBank();
    const questions = new Map(bank.questions).set(question.id, { ...question, version: 'revised' });
    epoch.bank = { ...bank, questions };
    expect(
      await answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: '1, 2, 3' }),
    ).toMatchObject({
      status: 'changed',
      asked: { ask: { question_version: 'revised' } },
    });
    expect(
      await answer(epoch, { id: '5', askId: ask.id, userId: USER, submission: '1, 2, 3' }),
    ).toMatchObject({
      status: 'graded',
    });
  });

  test('a question taken out of the bank is gone, and nothing breaks', async () => {
    const epoch = await start();
    const { ask } = await asked(epoch, 'choice');
    epoch.bank = { topics: [], questions: new Map() };
    expect(await answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: 0 })).toEqual({
      status: 'gone',
    });
  });

  test('forgetting a learner leaves no trace of them', async () => {
    const epoch = await start();
    const { ask } = await asked(epoch, 'choice');
    await answer(epoch, { id: '4', askId: ask.id, userId: USER, submission: 0 });
    await forget(epoch, USER);
    for (const table of ['attempt', 'ask', 'card', 'review_log', 'score', 'learner', 'member'] as const) {
      expect(await epoch.db.selectFrom(table).selectAll().execute()).toEqual([]);
    }
    expect(await recall(epoch, ask.id, USER)).toEqual({ status: 'gone' });
  });
});

describe('askPractice', () => {
  test('asks the same for the same interaction, and fits the filter', async () => {
    const epoch = await start();
    const first = await asked(epoch, 'vector');
    const again = await recall(epoch, first.ask.id, USER);
    expect(again).toMatchObject({ status: 'open', asked: { variant: { params: first.variant.params } } });
    expect(first.question.kind).toBe('vector');
  });

  test('finds nothing where nothing fits', async () => {
    const epoch = await start();
    const practice = await askPractice(epoch, {
      id: '3',
      userId: USER,
      guildId: GUILD,
      filter: { level: 5 },
    });
    expect(practice).toBeUndefined();
  });
});
