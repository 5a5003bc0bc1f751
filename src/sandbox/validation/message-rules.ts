/** Rules between the fields of a message, which Discord's specification file does not hold. */
import { textLength } from './compile.ts';
import { ComponentType, messageComponentIssues, walkComponents, type Json } from './component-rules.ts';
import { issue, type Issue } from './issues.ts';

export const MessageFlag = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const;

/** The fields of a message that a request may hold, once its schema has been checked. */
export interface MessageBody {
  content?: string | null;
  embeds?: Json[] | null;
  components?: Json[] | null;
  attachments?:
    | { id: string; filename?: string | null; description?: string | null; is_spoiler?: boolean | null }[]
    | null;
  allowed_mentions?: {
    parse?: (string | null)[] | null;
    users?: string[] | null;
    roles?: string[] | null;
    replied_user?: boolean | null;
  } | null;
  flags?: number | null;
  poll?: unknown;
  sticker_ids?: string[] | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  message_reference?: {
    message_id: string;
    fail_if_not_exists?: boolean | null;
  } | null;
  shared_client_theme?: unknown;
  tts?: boolean | null;
}

export interface MessageContext {
  /** Flags that the sender may set here. */
  allowedFlags: number;
  /** Names of the files sent along. */
  uploads: { index: number; filename: string }[];
  /** What is edited; its flag for components stays. */
  existing?: { flags: number; attachments: { id: string; filename: string }[] };
}

const LEGACY_TEXT = 'cannot be used when using MessageFlags.IS_COMPONENTS_V2';

const legacyFieldIssues = (body: MessageBody): Issue[] => {
  const used = [
    ['content', (body.content ?? '') !== ''],
    ['embeds', (body.embeds ?? []).length > 0],
    ['sticker_ids', (body.sticker_ids ?? []).length > 0],
    ['poll', body.poll != null],
  ] as const;
  return used
    .filter(([, present]) => present)
    .map(([field]) =>
      issue(
        [field],
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `The '${field}' field ${LEGACY_TEXT}`,
      ),
    );
};

/** What the specification has and the sandbox does not: better refused than dropped without a word. */
const unsupportedIssues = (body: MessageBody): Issue[] => {
  const used = [
    ['poll', body.poll != null],
    ['sticker_ids', (body.sticker_ids ?? []).length > 0],
    ['shared_client_theme', body.shared_client_theme != null],
  ] as const;
  return used
    .filter(([, present]) => present)
    .map(([field]) => issue([field], 'SANDBOX_NOT_SUPPORTED', 'The sandbox does not support this.'));
};

const MAX_CONTENT = 2000;
const MAX_EMBED_TEXT = 6000;

const size = (text: unknown): number => (typeof text === 'string' ? textLength(text) : 0);

const embedText = (embed: Json): number => {
  const fields = (embed['fields'] as { name: string; value: string }[] | null | undefined) ?? [];
  return (
    size(embed['title']) +
    size(embed['description']) +
    size((embed['footer'] as Json | null | undefined)?.['text']) +
    size((embed['author'] as Json | null | undefined)?.['name']) +
    fields.reduce((sum, field) => sum + size(field.name) + size(field.value), 0)
  );
};

const mentionIssues = (mentions: MessageBody['allowed_mentions']): Issue[] =>
  (['users', 'roles'] as const)
    .filter((kind) => mentions?.parse?.includes(kind) && (mentions[kind] ?? []).length > 0)
    .map((kind) =>
      issue(
        ['allowed_mentions', 'parse'],
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
      ),
    );

const attachmentIssues = (body: MessageBody, context: MessageContext): Issue[] => {
  const issues: Issue[] = [];
  const known = new Set([
    ...context.uploads.map((file) => String(file.index)),
    ...(context.existing?.attachments ?? []).map((file) => file.id),
  ]);
  for (const [index, attachment] of (body.attachments ?? []).entries()) {
    if (!known.has(attachment.id))
      issues.push(
        issue(
          ['attachments', index, 'id'],
          'MESSAGE_ATTACHMENT_NOT_FOUND',
          `Attachment data cannot be found for id ${attachment.id}`,
        ),
      );
  }
  if (context.uploads.length > 10)
    issues.push(issue(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.'));
  return issues;
};

const urlOf = (media: unknown): string => (media as { url: string }).url;

const mediaOf = (component: Json): { url: string; path: (string | number)[] }[] => {
  switch (component['type']) {
    case ComponentType.thumbnail:
      return [{ url: urlOf(component['media']), path: ['media', 'url'] }];
    case ComponentType.file:
      return [{ url: urlOf(component['file']), path: ['file', 'url'] }];
    case ComponentType.mediaGallery:
      return (component['items'] as { media: unknown }[]).map((item, i) => ({
        url: urlOf(item.media),
        path: ['items', i, 'media', 'url'],
      }));
    default:
      return [];
  }
};

/** The name of every `attachment://…` in embeds and components must be among the message's files. */
const referenceIssues = (body: MessageBody, context: MessageContext): Issue[] => {
  const issues: Issue[] = [];
  const names = new Set([
    ...context.uploads.map(
      (file) => body.attachments?.find((entry) => entry.id === String(file.index))?.filename ?? file.filename,
    ),
    ...(context.existing?.attachments ?? [])
      .filter((file) => !body.attachments || body.attachments.some((kept) => kept.id === file.id))
      .map((file) => file.filename),
  ]);
  const check = (url: unknown, path: (string | number)[]) => {
    if (typeof url !== 'string' || !url.startsWith('attachment://')) return;
    const name = url.slice('attachment://'.length);
    if (!names.has(name))
      issues.push(
        issue(
          path,
          'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
          `The referenced attachment "${name}" was not found`,
        ),
      );
  };
  walkComponents(body.components ?? [], ['components'], (component, path) => {
    for (const media of mediaOf(component)) {
      check(media.url, [...path, ...media.path]);
      if (component['type'] === ComponentType.file && !media.url.startsWith('attachment://'))
        issues.push(
          issue(
            [...path, ...media.path],
            'URL_TYPE_INVALID_SCHEME',
            `Scheme "${URL.parse(media.url)?.protocol.slice(0, -1)}" must be one of ('attachment').`,
          ),
        );
    }
  });
  for (const [index, embed] of (body.embeds ?? []).entries())
    for (const field of ['image', 'thumbnail'])
      check((embed[field] as Json | null | undefined)?.['url'], ['embeds', index, field, 'url']);
  return issues;
};

/** Faults of a message beyond its schema. Whether it is empty is another question: see `isEmpty`. */
export const messageIssues = (body: MessageBody, context: MessageContext): Issue[] => {
  const flags = body.flags ?? 0;
  const v2 = ((flags | (context.existing?.flags ?? 0)) & MessageFlag.componentsV2) !== 0;
  const issues: Issue[] = [];
  if ((flags & ~context.allowedFlags) !== 0)
    issues.push(
      issue(['flags'], 'MESSAGE_FLAGS_INVALID', `Flags ${flags & ~context.allowedFlags} cannot be set here.`),
    );
  if (v2) issues.push(...legacyFieldIssues(body));
  if (textLength(body.content ?? '') > MAX_CONTENT)
    issues.push(issue(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MAX_CONTENT} or fewer in length.`));
  if ((body.embeds ?? []).reduce((sum, embed) => sum + embedText(embed), 0) > MAX_EMBED_TEXT)
    issues.push(
      issue(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MAX_EMBED_TEXT}`),
    );
  issues.push(
    ...unsupportedIssues(body),
    ...mentionIssues(body.allowed_mentions),
    ...attachmentIssues(body, context),
  );
  if (body.components && body.components.length > 0)
    issues.push(...messageComponentIssues(body.components, v2));
  issues.push(...referenceIssues(body, context));
  return issues;
};

/** Nothing to see: Discord refuses such a message with 50006. */
export const isEmpty = (body: MessageBody, files: number): boolean =>
  (body.content ?? '').trim() === '' &&
  (body.embeds ?? []).length === 0 &&
  files === 0 &&
  body.poll == null &&
  (body.sticker_ids ?? []).length === 0 &&
  (body.components ?? []).length === 0;
