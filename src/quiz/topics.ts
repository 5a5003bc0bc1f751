import type { Topic } from '../bank/index.ts';
import type { Epoch } from './epoch.ts';

/** Letters and digits only, so that `batchnorm` finds `BatchNorm` and `Batch normalisation`. */
const fold = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Topics whose title in either language, or slug, holds the query: those that begin with it first, then in the order
 * of the notes. An empty query gives them all.
 */
export function findTopics({ bank }: Epoch, query: string): Topic[] {
  const wanted = fold(query);
  const names = ({ slug, title }: Topic) => [slug, title['zh-CN'], title['en-US']].map(fold);
  const found = bank.topics.filter((topic) => names(topic).some((name) => name.includes(wanted)));
  const begins = (topic: Topic) => names(topic).some((name) => name.startsWith(wanted));
  return [...found.filter(begins), ...found.filter((topic) => !begins(topic))];
}

/** The topic meant by what was picked or typed: its slug, a whole title, or a query that finds only one. */
export function resolveTopic(epoch: Epoch, query: string): Topic | undefined {
  const wanted = fold(query);
  if (wanted === '') return undefined;
  const found = findTopics(epoch, query);
  const exact = found.find(({ slug, title }) =>
    [slug, title['zh-CN'], title['en-US']].map(fold).includes(wanted),
  );
  return exact ?? (found.length === 1 ? found[0] : undefined);
}
