import { findZones } from '../study/index.ts';
import { findTopics } from '../quiz/topics.ts';
import type { App } from './app.ts';
import type { Suggestion } from './commands/define.ts';
import type { Viewer } from './viewer.ts';

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
