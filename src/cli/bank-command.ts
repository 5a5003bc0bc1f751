import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { checkCommand } from './bank-check.ts';
import { previewCommand } from './bank-preview.ts';
import { regradeCommand } from './bank-regrade.ts';
import { schemaCommand } from './bank-schema.ts';
import { statsCommand } from './bank-stats.ts';
import { runGuarded, UsageError } from './command-line.ts';
import type { Terminal } from './terminal.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const usage = `npm run bank -- check [path] [--seeds N]                     what is wrong with the questions, or those under a path
npm run bank -- preview <id> [--seed N] [--locale zh-CN|en-US]   a question as a learner meets it;
                              [--page]                       with --page, on a page of the sandbox too
npm run bank -- stats [--seeds N]                            coverage, biases and how draws fare
npm run bank -- regrade <id>                                 grades past answers again after a key was corrected
npm run bank -- schema                                       writes the JSON Schemas that editors use`;

/** Runs a command on the bank; answers with the exit code. */
export const bankCommand = (args: readonly string[], env: Environment, terminal: Terminal): Promise<number> =>
  runGuarded(terminal, () => run(args, env, terminal));

async function run(args: readonly string[], env: Environment, terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      locale: { type: 'string' },
      page: { type: 'boolean', default: false },
    },
  });
  const config = readConfig(env);
  const [command, target] = positionals;
  switch (command) {
    case 'check':
      return checkCommand(terminal, config.questionsDir, target, whole('seeds', values.seeds));
    case 'preview':
      if (target === undefined) break;
      return previewCommand(terminal, config.questionsDir, {
        id: target,
        seed: whole('seed', values.seed),
        locale: localeOf(values.locale ?? config.defaultLocale),
        page: values.page,
      });
    case 'stats':
      return statsCommand(terminal, config.questionsDir, whole('seeds', values.seeds));
    case 'regrade':
      if (target === undefined) break;
      return regradeCommand(terminal, {
        questionsDir: config.questionsDir,
        databasePath: config.databasePath,
        id: target,
      });
    case 'schema':
      return schemaCommand(terminal, config.questionsDir);
    default:
  }
  throw new UsageError(usage);
}

const whole = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name}: read ${text}, want a whole number`);
  return Number(text);
};

const localeOf = (text: string): 'zh-CN' | 'en-US' => {
  if (text !== 'zh-CN' && text !== 'en-US') {
    throw new UsageError(`--locale: read ${text}, want zh-CN or en-US`);
  }
  return text;
};
