import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createDriver, type Actor } from '../driver.ts';
import { multipart, request } from '../raw-bot.ts';
import { expectSpecified } from '../specification.ts';
import { faultsOf } from './refusals.ts';

let sandbox: Sandbox;
let actor: Actor;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  actor = await createDriver(sandbox.url).as('Mia Tanaka', 'Deep Learning Reading Group/general');
});
afterAll(() => sandbox.close());

const V2 = 1 << 15;
const text = (content = 'Hello') => ({ type: 10, content });
const button = (custom_id = 'a', more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'A',
  custom_id,
  ...more,
});
const link = (more: object = {}) => ({ type: 2, style: 5, label: 'A', url: 'https://example.org', ...more });
const row = (...components: object[]) => ({ type: 1, components });
const option = (value: string, more: object = {}) => ({ label: value, value, ...more });
const select = (more: object = {}) => ({
  type: 3,
  custom_id: 's',
  options: [option('a'), option('b'), option('c')],
  ...more,
});
const gallery = (...urls: string[]) => ({ type: 12, items: urls.map((url) => ({ media: { url } })) });
const v2 = (...components: object[]) => ({ flags: V2, components });
const times = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, i) => make(i));

const accepted: Record<string, object> = {
  'plain text': { content: 'Hello' },
  '2000 characters of text': { content: 'x'.repeat(2000) },
  '2000 characters beyond the basic plane': { content: '😀'.repeat(2000) },
  'an embed': {
    embeds: [
      { title: 'T', description: 'D', color: 0xff, fields: [{ name: 'n', value: 'v', inline: true }] },
    ],
  },
  'ten embeds': { embeds: times(10, (i) => ({ title: `T${i}` })) },
  'no mentions at all': { content: '@everyone <@&1140932896358400013>', allowed_mentions: { parse: [] } },
  'one role to mention': { content: 'x', allowed_mentions: { roles: ['1198194098995200013'] } },
  'a quiet message': { content: 'x', flags: 1 << 12 },
  'a nonce': { content: 'x', nonce: 'n-1', enforce_nonce: true },
  'a nonce that is a number': { content: 'x', nonce: 17 },
  'five rows of five buttons': {
    content: 'x',
    components: times(5, (r) => row(...times(5, (c) => button(`${r}.${c}`)))),
  },
  'legacy components without text': { components: [row(button())] },
  'every style of button': {
    content: 'x',
    components: [row(...[1, 2, 3, 4].map((style) => button(`b${style}`, { style })), link())],
  },
  'a button with an emoji only': {
    content: 'x',
    components: [row({ type: 2, style: 2, custom_id: 'e', emoji: { name: '✅' } })],
  },
  'a disabled button': { content: 'x', components: [row(button('d', { disabled: true }))] },
  'a custom id of 100 characters': { content: 'x', components: [row(button('c'.repeat(100)))] },
  'a string select': {
    content: 'x',
    components: [row(select({ placeholder: 'Choose', min_values: 0, max_values: 3 }))],
  },
  'a select of 25 options': {
    content: 'x',
    components: [row(select({ options: times(25, (i) => option(`o${i}`)) }))],
  },
  'options with a description, an emoji and a default': {
    content: 'x',
    components: [
      row(select({ options: [option('a', { description: 'd', emoji: { name: '🧪' }, default: true })] })),
    ],
  },
  'a user select': { content: 'x', components: [row({ type: 5, custom_id: 'u' })] },
  'a role select': {
    content: 'x',
    components: [row({ type: 6, custom_id: 'r', min_values: 0, max_values: 25 })],
  },
  'a mentionable select': { content: 'x', components: [row({ type: 7, custom_id: 'm' })] },
  'a channel select': { content: 'x', components: [row({ type: 8, custom_id: 'c', channel_types: [0, 5] })] },
  'text in V2': v2(text()),
  '4000 characters of text in V2': v2(text('x'.repeat(1500)), text('x'.repeat(2500))),
  'forty components': v2(...times(40, (i) => text(`${i}`))),
  'a container with everything in it': v2({
    type: 17,
    accent_color: 0x3498db,
    spoiler: false,
    components: [
      text('# Title'),
      { type: 14, divider: true, spacing: 2 },
      { type: 9, components: [text('a'), text('b'), text('c')], accessory: button('acc') },
      gallery('https://example.org/a.png'),
      row(button('x'), button('y')),
      row(select()),
    ],
  }),
  'a section with a thumbnail': v2({
    type: 9,
    components: [text()],
    accessory: { type: 11, media: { url: 'https://example.org/a.png' }, description: 'alt', spoiler: true },
  }),
  'a gallery of ten': v2(gallery(...times(10, (i) => `https://example.org/${i}.png`))),
  'a gallery with alt text of 1024 characters': v2({
    type: 12,
    items: [{ media: { url: 'https://example.org/a.png' }, description: 'x'.repeat(1024) }],
  }),
  'ids of components': v2({ ...text(), id: 7 }, { ...text(), id: 9 }),
  'a thin separator': v2(text(), { type: 14, divider: false, spacing: 1 }),
  'rows on the top level in V2': v2(row(button('a'), link())),
};

describe('messages that are taken', () => {
  test.each(Object.entries(accepted))('%s', async (_, body) => {
    const { status, body: message } = await request(
      sandbox,
      'POST',
      `/channels/${actor.channelId}/messages`,
      body,
    );
    expect({ status, message }).toMatchObject({ status: 200 });
    expectSpecified('MessageResponse', message);
  });
});

/** What is refused, and every reason for it. */
const refused: Record<string, [object, ...string[]]> = {
  'a field that does not exist': [{ content: 'x', contents: 'y' }, 'contents: UNKNOWN_FIELD'],
  'a field that does not exist, deep inside': [
    v2({ type: 17, components: [{ ...text(), colour: 1 }] }),
    'components.0.components.0.colour: UNKNOWN_FIELD',
  ],
  'text that is a number': [{ content: 5 }, 'content: STRING_TYPE_CONVERT'],
  'components that are no list': [{ content: 'x', components: {} }, 'components: LIST_TYPE_CONVERT'],
  'a flag that is text': [{ content: 'x', flags: '64' }, 'flags: NUMBER_TYPE_COERCE'],
  '2001 characters of text': [{ content: 'x'.repeat(2001) }, 'content: BASE_TYPE_MAX_LENGTH'],
  'eleven embeds': [{ embeds: times(11, () => ({ title: 'T' })) }, 'embeds: BASE_TYPE_MAX_LENGTH'],
  'an embed title of 257 characters': [
    { embeds: [{ title: 'x'.repeat(257) }] },
    'embeds.0.title: BASE_TYPE_MAX_LENGTH',
  ],
  '6001 characters in embeds': [
    { embeds: [{ description: 'x'.repeat(3000) }, { description: 'x'.repeat(3000), title: 'x' }] },
    'embeds: MAX_EMBED_SIZE_EXCEEDED',
  ],
  'a nonce of 26 characters': [{ content: 'x', nonce: 'n'.repeat(26) }, 'nonce: NUMBER_TYPE_COERCE'],
  'an ephemeral message without an interaction': [
    { content: 'x', flags: 64 },
    'flags: MESSAGE_FLAGS_INVALID',
  ],
  'mentions both parsed and listed': [
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['577782153216000000'] } },
    'allowed_mentions.parse: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  'a kind of mention that does not exist': [
    { content: 'x', allowed_mentions: { parse: ['channels'] } },
    'allowed_mentions.parse.0: BASE_TYPE_CHOICES',
  ],
  'a component of a type that does not exist': [v2({ type: 99 }), 'components.0.type: UNION_TYPE_CHOICES'],
  'a component without a type': [v2({ content: 'x' }), 'components.0.type: BASE_TYPE_REQUIRED'],
  'a text display without the flag': [{ components: [text()] }, 'components.0.type: UNION_TYPE_CHOICES'],
  'a container beside text': [
    { content: 'x', components: [{ type: 17, components: [text()] }] },
    'components.0.type: UNION_TYPE_CHOICES',
  ],
  'text with the flag': [
    { ...v2(text()), content: 'x' },
    'content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  'embeds with the flag': [
    { ...v2(text()), embeds: [{ title: 'x' }] },
    'embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  'forty-one components side by side': [
    v2(...times(40, (i) => text(`${i}`)), text()),
    'components: BASE_TYPE_MAX_LENGTH',
  ],
  'forty-one components counting nested ones': [
    v2({ type: 17, components: times(10, (r) => row(...times(3, (c) => button(`${r}.${c}`)))) }),
    'components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  '4001 characters of text in V2': [
    v2(text('x'.repeat(2000)), { type: 17, components: [text('x'.repeat(2001))] }),
    'components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  'an empty text display': [v2(text('')), 'components.0.content: BASE_TYPE_BAD_LENGTH'],
  'six legacy rows': [
    { content: 'x', components: times(6, (i) => row(button(`${i}`))) },
    'components: BASE_TYPE_BAD_LENGTH',
  ],
  'six buttons in a row': [
    { content: 'x', components: [row(...times(6, (i) => button(`${i}`)))] },
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  'a row without components': [
    { content: 'x', components: [row()] },
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  'a select beside a button': [
    { content: 'x', components: [row(select(), button())] },
    'components.0.components: COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  'two selects in a row': [
    { content: 'x', components: [row(select(), select({ custom_id: 't' }))] },
    'components.0.components: COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  'a text input in a message': [
    { content: 'x', components: [row({ type: 4, custom_id: 'a', style: 1, label: 'L' })] },
    'components.0.components.0.type: UNION_TYPE_CHOICES',
  ],
  'a custom id twice': [
    { content: 'x', components: [row(button('a'), button('a'))] },
    'components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  'a custom id twice, far apart': [
    v2(row(button('a')), {
      type: 17,
      components: [{ type: 9, components: [text()], accessory: button('a') }],
    }),
    'components.1.components.0.accessory.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  'an id twice': [v2({ ...text(), id: 3 }, { ...text(), id: 3 }), 'components.1.id: COMPONENT_ID_DUPLICATED'],
  'a custom id of 101 characters': [
    { content: 'x', components: [row(button('c'.repeat(101)))] },
    'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH',
  ],
  'an empty custom id': [
    { content: 'x', components: [row(button(''))] },
    'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH',
  ],
  'a button without a custom id': [
    { content: 'x', components: [row({ type: 2, style: 1, label: 'A' })] },
    'components.0.components.0.custom_id: BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
  ],
  'a button with a custom id and an address': [
    { content: 'x', components: [row(button('a', { url: 'https://example.org' }))] },
    'components.0.components.0.url: BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  'a link with a custom id': [
    { content: 'x', components: [row(link({ custom_id: 'a' }))] },
    'components.0.components.0.custom_id: BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  'a link without an address': [
    { content: 'x', components: [row({ type: 2, style: 5, label: 'A' })] },
    'components.0.components.0.url: BASE_TYPE_REQUIRED',
  ],
  'a link to a script': [
    { content: 'x', components: [row(link({ url: 'javascript:alert(1)' }))] },
    'components.0.components.0.url: URL_TYPE_INVALID_SCHEME',
  ],
  'a link to nowhere': [
    { content: 'x', components: [row(link({ url: 'example' }))] },
    'components.0.components.0.url: URL_TYPE_INVALID_URL',
  ],
  'a button style that does not exist': [
    { content: 'x', components: [row(button('a', { style: 7 }))] },
    'components.0.components.0.style: BASE_TYPE_CHOICES',
  ],
  'a label of 81 characters': [
    { content: 'x', components: [row(button('a', { label: 'x'.repeat(81) }))] },
    'components.0.components.0.label: BASE_TYPE_MAX_LENGTH',
  ],
  'a button with nothing on it': [
    { content: 'x', components: [row({ type: 2, style: 1, custom_id: 'a' })] },
    'components.0.components.0.label: BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
  ],
  'an emoji that is none': [
    { content: 'x', components: [row(button('a', { emoji: { name: 'smile' } }))] },
    'components.0.components.0.emoji.name: BUTTON_COMPONENT_INVALID_EMOJI',
  ],
  'a select without options': [
    { content: 'x', components: [row(select({ options: [] }))] },
    'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
  ],
  'twenty-six options': [
    { content: 'x', components: [row(select({ options: times(26, (i) => option(`o${i}`)) }))] },
    'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
  ],
  'a value twice': [
    { content: 'x', components: [row(select({ options: [option('a'), option('a')] }))] },
    'components.0.components.0.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  'more values wanted than there are options': [
    { content: 'x', components: [row(select({ max_values: 4 }))] },
    'components.0.components.0.max_values: BASE_TYPE_BAD_LENGTH',
  ],
  'a minimum above the maximum': [
    { content: 'x', components: [row(select({ min_values: 3, max_values: 2 }))] },
    'components.0.components.0.min_values: SELECT_COMPONENT_MIN_ABOVE_MAX',
  ],
  'more defaults than values': [
    {
      content: 'x',
      components: [
        row(select({ options: [option('a', { default: true }), option('b', { default: true })] })),
      ],
    },
    'components.0.components.0.options: SELECT_COMPONENT_TOO_MANY_DEFAULTS',
  ],
  'an option label of 101 characters': [
    { content: 'x', components: [row(select({ options: [{ label: 'x'.repeat(101), value: 'a' }] }))] },
    'components.0.components.0.options.0.label: BASE_TYPE_BAD_LENGTH',
  ],
  'a section without text': [
    v2({ type: 9, components: [], accessory: button() }),
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  'a section with four texts': [
    v2({ type: 9, components: times(4, () => text()), accessory: button() }),
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  'a section without an accessory': [
    v2({ type: 9, components: [text()] }),
    'components.0.accessory: BASE_TYPE_REQUIRED',
  ],
  'a container in a container': [
    v2({ type: 17, components: [{ type: 17, components: [text()] }] }),
    'components.0.components.0.type: UNION_TYPE_CHOICES',
  ],
  'a container without components': [
    v2({ type: 17, components: [] }),
    'components.0.components: BASE_TYPE_BAD_LENGTH',
  ],
  'a colour beyond 24 bits': [
    v2({ type: 17, accent_color: 0x1000000, components: [text()] }),
    'components.0.accent_color: NUMBER_TYPE_MAX',
  ],
  'a gallery of eleven': [
    v2(gallery(...times(11, (i) => `https://example.org/${i}.png`))),
    'components.0.items: BASE_TYPE_BAD_LENGTH',
  ],
  'alt text of 1025 characters': [
    v2({ type: 12, items: [{ media: { url: 'https://example.org/a.png' }, description: 'x'.repeat(1025) }] }),
    'components.0.items.0.description: BASE_TYPE_BAD_LENGTH',
  ],
  'a picture that was not sent along': [
    v2(gallery('attachment://a.png')),
    'components.0.items.0.media.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  'an embed with a picture that was not sent along': [
    { embeds: [{ title: 'x', image: { url: 'attachment://a.png' } }] },
    'embeds.0.image.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  'a file from elsewhere': [
    v2({ type: 13, file: { url: 'https://example.org/a.pdf' } }),
    'components.0.file.url: URL_TYPE_INVALID_SCHEME',
  ],
  'data of an attachment that was not sent along': [
    { content: 'x', attachments: [{ id: '0', description: 'd' }] },
    'attachments.0.id: MESSAGE_ATTACHMENT_NOT_FOUND',
  ],
  'a separator with spacing that does not exist': [
    v2(text(), { type: 14, spacing: 3 }),
    'components.1.spacing: BASE_TYPE_CHOICES',
  ],
  'a label outside a modal': [
    v2({ type: 18, label: 'L', component: { type: 4, custom_id: 'a', style: 1 } }),
    'components.0.type: UNION_TYPE_CHOICES',
  ],
  'a poll, which the sandbox does not have': [
    { poll: { question: { text: 'Q' }, answers: [{ poll_media: { text: 'A' } }] } },
    'poll: SANDBOX_NOT_SUPPORTED',
  ],
  'a message forwarded': [
    {
      content: 'x',
      message_reference: { type: 1, message_id: '1140932896358400013', channel_id: '1140932896358400020' },
    },
    'message_reference.type: BASE_TYPE_CHOICES',
  ],
  'an answer to a message that does not exist': [
    { content: 'x', message_reference: { message_id: '1140932896358400013' } },
    'message_reference: REPLIES_UNKNOWN_MESSAGE',
  ],
};

describe('messages that are refused', () => {
  test.each(Object.entries(refused))('%s', async (_, [body, ...faults]) => {
    expect(faultsOf(await request(sandbox, 'POST', `/channels/${actor.channelId}/messages`, body))).toEqual(
      faults,
    );
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['blank text', { content: '  \n' }],
    ['no components', v2()],
  ])('%s is an empty message', async (_, body) => {
    const reply = await request(sandbox, 'POST', `/channels/${actor.channelId}/messages`, body);
    expect(reply).toMatchObject({ status: 400, body: { code: 50_006 } });
  });

  test('what is not JSON', async () => {
    const response = await fetch(`${sandbox.api}/v10/channels/${actor.channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
      body: '{"content":',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50_109 });
  });

  test('a file of more than 10 MiB', async () => {
    const form = multipart({ content: 'x' }, { 'a.bin': new Uint8Array(10 * 1024 * 1024 + 1) });
    const reply = await request(sandbox, 'POST', `/channels/${actor.channelId}/messages`, form);
    expect(reply).toMatchObject({ status: 413, body: { code: 40_005 } });
  });
});
