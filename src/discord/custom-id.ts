/**
 * What a button, select or modal is and which records it names: `pick:<ask>:<option>`. Everything else is in the
 * database, so that a button works after any restart. These names are on messages already posted: never rename one.
 */
const SEPARATOR = ':';
const LIMIT = 100;

export function customId(name: string, ...args: readonly (string | number)[]): string {
  const id = [name, ...args].join(SEPARATOR);
  if (id.length > LIMIT) throw new Error(`custom id over ${LIMIT} characters: ${id}`);
  return id;
}

export function parseCustomId(id: string): { name: string; args: string[] } {
  const [name = '', ...args] = id.split(SEPARATOR);
  return { name, args };
}
