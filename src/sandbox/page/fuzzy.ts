/** How well a query fits a text; 0 for not at all. Higher is better. */
const fit = (query: string, text: string): number => {
  const at = text.indexOf(query);
  if (at === 0) return text.length === query.length ? 100 : 80;
  if (at > 0) return /[\s\-_·]/.test(text[at - 1]!) ? 60 : 40;
  // Letters in order, with gaps; the fewer the better.
  let position = -1;
  let first = -1;
  for (const letter of query) {
    position = text.indexOf(letter, position + 1);
    if (position < 0) return 0;
    if (first < 0) first = position;
  }
  const spread = position - first + 1 - query.length;
  return query.length > 1 && spread <= query.length * 2 ? 20 - Math.min(spread, 15) : 0;
};

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/**
 * Entries that match a query, the best first, otherwise in their own order.
 * `texts` gives names (counted in full) and descriptions (where only whole substrings count, and less).
 */
export const search = <Entry>(
  query: string,
  entries: readonly Entry[],
  texts: (entry: Entry) => { names: string[]; descriptions: string[] },
): Entry[] => {
  const wanted = fold(query);
  if (wanted === '') return [...entries];
  return entries
    .map((entry) => {
      const { names, descriptions } = texts(entry);
      const byName = Math.max(0, ...names.map((name) => fit(wanted, fold(name))));
      const described = descriptions.some((text) => fold(text).includes(wanted));
      return { entry, score: Math.max(byName, described ? 10 : 0) };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
};
