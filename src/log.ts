import pino, { type DestinationStream, type Logger } from 'pino';

/** JSON lines. Nothing that would let a reader act as the bot or answer in its name is written. */
export const createLog = (level: string, destination: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['token', '*.token'],
      serializers: { err: withoutSecrets },
    },
    destination,
  );

/** In Discord's addresses an interaction's or a webhook's token follows its id. */
const TOKEN_IN_ADDRESS = /(\/(?:interactions|webhooks)\/\d+\/)[^/?\s]+/g;

/** An error as pino writes it, without the tokens in the address that was asked, nor what was sent there. */
function withoutSecrets(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { requestBody: _, ...rest } = pino.stdSerializers.err(error);
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replaceAll(TOKEN_IN_ADDRESS, '$1…') : value,
    ]),
  );
}
