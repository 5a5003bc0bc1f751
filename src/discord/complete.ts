import { findZones } from '../study/index.ts';
import { draw } from '../bank/index.ts';
import { findTopics } from '../quiz/topics.ts';
import { latestAttempts } from '../storage/attempt.ts';
import type { App } from './app.ts';
import type { Suggestion } from './commands/define.ts';
import type { Viewer } from './viewer.ts';
import { inDiscord, plain, topicTitle } from './views/text.ts';

/** Discord shows no more. */
export const SUGGESTIONS = 25;

export const suggestTopics = (query: string, { epoch }: App, { locale }: Viewer): Suggestion[] =>
  findTopics(epoch, query)
    .slice(0, SUGGESTIONS)
    .map(({ slug, title }) => ({ name: title[locale], value: slug }));

export const suggestZones = (query: string): Suggestion[] =>
  findZones(query, SUGGESTIONS).map(({ zone, name }) => ({
    name: name === zone ? zone : `${name} · ${zone}`,
    value: zone,
  }));

/** How many of the learner's last attempts are searched. */
const REMEMBERED = 200;

/** Questions that the learner has answered, the latest first, by their id or prompt. */
export async function suggestAnswered(
  query: string,
  { epoch }: App,
  { locale, userId }: Viewer,
): Promise<Suggestion[]> {
  const wanted = query.toLowerCase();
  const attempts = await latestAttempts(epoch.db, userId, REMEMBERED);
  const latest = new Map(attempts.toReversed().map((attempt) => [attempt.question_id, attempt]));
  return [...latest.values()]
    .toReversed()
    .flatMap((attempt) => {
      const question = epoch.bank.questions.get(attempt.question_id);
      if (!question) return [];
      const prompt = plain(inDiscord(draw(question, attempt.seed).prompt, locale));
      return [{ name: `${topicTitle(epoch.bank, question.topic, locale)} · ${prompt}`, value: question.id }];
    })
    .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
    .slice(0, SUGGESTIONS);
}
