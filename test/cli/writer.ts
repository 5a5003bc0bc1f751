// Answers practice questions in turn for fifty learners, and prints the id of each answer once it is stored.
import { loadBank } from '../../src/bank/index.ts';
import { answer } from '../../src/quiz/answer.ts';
import { askPractice } from '../../src/quiz/ask.ts';
import { meet } from '../../src/quiz/learner.ts';
import { openStorage } from '../../src/storage/open.ts';

const LEARNERS = 50;

const [path = '', questions = '', migrations = ''] = process.argv.slice(2);
const { bank } = await loadBank(questions);
const { db } = openStorage(path, migrations, new Date());
const epoch = { db, bank, now: () => new Date() };

for (let count = 0; ; count += 1) {
  const userId = String(count % LEARNERS);
  const id = String(count).padStart(9, '0');
  await meet(epoch, { userId, name: `learner ${userId}`, discordLocale: 'zh-CN', member: undefined });
  const practice = await askPractice(epoch, { id, userId, guildId: null, filter: { kind: 'choice' } });
  await answer(epoch, { id, askId: practice!.asked.ask.id, userId, submission: count % 3 });
  process.stdout.write(`${id}\n`);
}
