import { DiscordAPIError } from 'discord.js';
import { expect, test } from 'vitest';
import { createLog } from '../src/log.ts';

const SECRET = 'aW50ZXJhY3Rpb246c2VjcmV0';

function logged(details: object): { line: string; entry: Record<string, unknown> } {
  let line = '';
  createLog('info', { write: (text: string) => void (line = text) }).error(details, 'failed');
  return { line, entry: JSON.parse(line) as Record<string, unknown> };
}

test('a refused request is logged with its cause, and without the token in its address or what was sent', () => {
  const url = `https://discord.com/api/v10/webhooks/1345319652556800000/${SECRET}/messages/@original`;
  const body = { content: 'what a learner typed' };
  const refusal = { code: 10_015, message: 'Unknown Webhook' };
  const err = new DiscordAPIError(refusal, 10_015, 404, 'PATCH', url, { body, files: undefined });
  const { line, entry } = logged({ interaction: '1', err });
  expect(line).not.toContain(SECRET);
  expect(line).not.toContain('what a learner typed');
  expect(entry).toMatchObject({
    level: 50,
    interaction: '1',
    msg: 'failed',
    err: {
      code: 10_015,
      message: 'Unknown Webhook',
      url: 'https://discord.com/api/v10/webhooks/1345319652556800000/…/messages/@original',
    },
  });
});

test('a callback’s token and a bot’s are left out', () => {
  const err = new Error(
    `fetch failed: https://discord.com/api/v10/interactions/1345319652556800001/${SECRET}/callback`,
  );
  expect(logged({ err }).line).not.toContain(SECRET);
  expect(logged({ token: SECRET, config: { token: SECRET } }).line).not.toContain(SECRET);
});

test('what is thrown and is no error is logged as it is', () => {
  expect(logged({ err: 'a reason' }).entry).toMatchObject({ err: 'a reason' });
});
