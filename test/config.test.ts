import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      token: undefined,
      apiUrl: 'https://discord.com/api',
      databasePath: 'data/epoch.db',
      questionsDir: resolve('questions'),
      defaultLocale: 'zh-CN',
      logLevel: 'info',
      metricsPort: undefined,
      sandboxPort: 4455,
      clockUrl: undefined,
    });
  });

  test('takes an empty variable for an absent one', () => {
    expect(readConfig({ DISCORD_TOKEN: '', SANDBOX_PORT: '' }).token).toBeUndefined();
  });

  test.each([
    [{ SANDBOX_PORT: 'abc' }, 'SANDBOX_PORT: read "abc", want a port from 0 (any free one) to 65535.'],
    [{ SANDBOX_PORT: '70000' }, 'SANDBOX_PORT: read "70000", want a port from 0 (any free one) to 65535.'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: read "loud", want fatal, error, warn, info, debug, trace or silent.'],
    [
      { DATABASE_URL: 'postgres://x' },
      'DATABASE_URL: read "postgres://x", want file: and a path, such as file:data/epoch.db.',
    ],
    [{ DEFAULT_LOCALE: 'fr' }, 'DEFAULT_LOCALE: read "fr", want zh-CN or en-US.'],
    [
      { DISCORD_API_URL: 'http://127.0.0.1:1/api/v10' },
      'DISCORD_API_URL: read "http://127.0.0.1:1/api/v10", want an http(s) address that ends in /api, without a version.',
    ],
    [
      { EPOCH_CLOCK_URL: 'http://127.0.0.1:1/clock' },
      'EPOCH_CLOCK_URL: the real Discord runs on real time; remove EPOCH_CLOCK_URL or set DISCORD_API_URL to a sandbox.',
    ],
  ])('refuses %j and says what it wants', (env, sentence) => {
    expect(() => readConfig(env)).toThrow(new ConfigError(sentence));
  });

  test('names every wrong variable', () => {
    expect(() => readConfig({ SANDBOX_PORT: '-1', LOG_LEVEL: 'loud' })).toThrow(
      /LOG_LEVEL.*\n.*SANDBOX_PORT|SANDBOX_PORT.*\n.*LOG_LEVEL/,
    );
  });

  test('never shows a token', () => {
    expect(() => readConfig({ DISCORD_TOKEN: 'very secret' })).toThrow(
      new ConfigError(
        'DISCORD_TOKEN: read a secret that is not shown, want a bot token without spaces, or nothing for the sandbox.',
      ),
    );
  });
});
