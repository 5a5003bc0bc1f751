import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonSchemas } from '../bank/schema.ts';
import type { Terminal } from './terminal.ts';

/** Writes `schema.json` (questions) and `topic.schema.json` into the bank. */
export async function schemaCommand(terminal: Terminal, questionsDir: string): Promise<number> {
  const { question, topic } = jsonSchemas();
  for (const [name, schema] of [
    ['schema.json', question],
    ['topic.schema.json', topic],
  ] as const) {
    const file = join(questionsDir, name);
    await writeFile(file, `${JSON.stringify(schema, null, 2)}\n`);
    terminal.print(file);
  }
  return 0;
}
