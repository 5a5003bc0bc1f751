import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');

const port = z.coerce.number().int().min(0).max(65_535);
const httpUrl = z.url({ protocol: /^https?$/ });

const environment = z.object({
  DISCORD_TOKEN: z
    .string()
    .regex(/^\S+$/)
    .optional()
    .meta({ want: 'a bot token without spaces, or nothing for the sandbox' }),
  DISCORD_API_URL: httpUrl
    .refine((url) => url.endsWith('/api'))
    .default('https://discord.com/api')
    .meta({ want: 'an http(s) address that ends in /api, without a version' }),
  DATABASE_URL: z
    .string()
    .regex(/^file:.+/)
    .default('file:data/epoch.db')
    .meta({ want: 'file: and a path, such as file:data/epoch.db' }),
  QUESTIONS_DIR: z
    .string()
    .min(1)
    .default(resolve(root, 'questions'))
    .meta({ want: 'the path of a folder of questions' }),
  DEFAULT_LOCALE: z.enum(['zh-CN', 'en-US']).default('zh-CN').meta({ want: 'zh-CN or en-US' }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ want: 'fatal, error, warn, info, debug, trace or silent' }),
  METRICS_PORT: port.optional().meta({ want: 'a port from 0 to 65535, or nothing for no metrics' }),
  SANDBOX_PORT: port.default(4455).meta({ want: 'a port from 0 (any free one) to 65535' }),
  EPOCH_CLOCK_URL: httpUrl.optional().meta({ want: "the address of a sandbox's clock" }),
});

export interface Config {
  /** Undefined: start the sandbox and use its token. */
  readonly token: string | undefined;
  /** Ends in `/api`, without a version. */
  readonly apiUrl: string;
  readonly databasePath: string;
  readonly questionsDir: string;
  readonly defaultLocale: 'zh-CN' | 'en-US';
  readonly logLevel: string;
  /** Undefined: no metrics. */
  readonly metricsPort: number | undefined;
  readonly sandboxPort: number;
  /** Undefined: the system's clock. */
  readonly clockUrl: string | undefined;
}

/** Adds the settings in the file `.env`, if there is one, to the environment; what is set there already stays. */
export function loadEnvFile(): void {
  const file = resolve(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/** A wrong setting: which variable, what was read (never a secret) and what is wanted. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings from environment variables. Empty variables count as absent.
 * @throws {ConfigError} with one line for each wrong variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    throw new ConfigError([...names].map((name) => fault(name, env[name])).join('\n'));
  }
  const settings = parsed.data;
  if (settings.EPOCH_CLOCK_URL !== undefined && new URL(settings.DISCORD_API_URL).host === 'discord.com') {
    throw new ConfigError(
      'EPOCH_CLOCK_URL: the real Discord runs on real time; remove EPOCH_CLOCK_URL or set DISCORD_API_URL to a sandbox.',
    );
  }
  return {
    token: settings.DISCORD_TOKEN,
    apiUrl: settings.DISCORD_API_URL,
    databasePath: settings.DATABASE_URL.slice('file:'.length),
    questionsDir: resolve(settings.QUESTIONS_DIR),
    defaultLocale: settings.DEFAULT_LOCALE,
    logLevel: settings.LOG_LEVEL,
    metricsPort: settings.METRICS_PORT,
    sandboxPort: settings.SANDBOX_PORT,
    clockUrl: settings.EPOCH_CLOCK_URL,
  };
}

function fault(name: string, value: string | undefined): string {
  const read = name === 'DISCORD_TOKEN' ? 'a secret that is not shown' : JSON.stringify(value);
  const field = environment.shape[name as keyof typeof environment.shape];
  return `${name}: read ${read}, want ${String(field.meta()?.['want'])}.`;
}
