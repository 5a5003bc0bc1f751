import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createDriver, type Actor, type Driver } from '../driver.ts';
import { identify, request, type RawGateway } from '../raw-bot.ts';
import { expectSpecified } from '../specification.ts';
import { faultsOf } from './refusals.ts';

let sandbox: Sandbox;
let driver: Driver;
let actor: Actor;
let gateway: RawGateway;
let application: string;

interface Received {
  id: string;
  token: string;
}

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  driver = createDriver(sandbox.url);
  actor = await driver.as('林晓', '炼丹学习社/闲聊');
  ({ gateway } = await identify(sandbox));
  application = (await driver.state()).applicationId;
  await request(sandbox, 'PUT', `/applications/${application}/commands`, [
    {
      name: 'quiz',
      description: 'Ask',
      options: [{ type: 3, name: 'topic', description: 'd', autocomplete: true }],
    },
  ]);
});
afterAll(() => sandbox.close());

/** A fresh interaction as the bot receives it. */
const slash = async (): Promise<Received> => {
  await driver.interact({ kind: 'command', as: actor.userId, channelId: actor.channelId, command: 'quiz' });
  return (await gateway.event('INTERACTION_CREATE')).d as Received;
};

const callback = ({ id, token }: Received, body: unknown, query = '') =>
  request(sandbox, 'POST', `/interactions/${id}/${token}/callback${query}`, body, { authorization: '' });

const webhook = ({ token }: Received, method: string, path: string, body?: unknown) =>
  request(sandbox, method, `/webhooks/${application}/${token}${path}`, body, { authorization: '' });

const input = (more: object = {}) => ({ type: 4, custom_id: 'answer', style: 1, ...more });
const label = (component: object, more: object = {}) => ({ type: 18, label: 'Answer', component, ...more });
const modal = (...components: object[]) => ({ type: 9, data: { custom_id: 'm', title: 'T', components } });
const group = (type: number, more: object = {}) => ({
  type,
  custom_id: 'g',
  options: [
    { label: 'A', value: 'a' },
    { label: 'B', value: 'b' },
  ],
  ...more,
});
const choices = (count: number, value: string) => ({
  type: 8,
  data: { choices: Array.from({ length: count }, (_, i) => ({ name: `n${i}`, value })) },
});
const V2 = 1 << 15;

const accepted: Record<string, object> = {
  text: { type: 4, data: { content: 'x' } },
  'a private V2 message': { type: 4, data: { flags: V2 | 64, components: [{ type: 10, content: 'x' }] } },
  'a deferral': { type: 5 },
  'a private deferral': { type: 5, data: { flags: 64 } },
  'a modal with a label': modal(label(input())),
  'a modal with an old row': modal({ type: 1, components: [input({ label: 'L' })] }),
  'a modal with text and all kinds of fields': modal(
    { type: 10, content: 'Read this' },
    label(input({ style: 2, min_length: 1, max_length: 4000, placeholder: 'p', required: false }), {
      description: 'd'.repeat(100),
    }),
    label(group(21)),
    label(group(22, { custom_id: 'h', min_values: 0, max_values: 2, required: false })),
    label({ type: 3, custom_id: 's', options: [{ label: 'A', value: 'a' }], required: false }),
  ),
  'a modal with selects and a checkbox': modal(
    ...[5, 6, 7, 8].map((type) => label({ type, custom_id: `s${type}` })),
    label({ type: 23, custom_id: 'c', default: true }),
  ),
};

describe('callbacks that are taken', () => {
  test.each(Object.entries(accepted))('%s', async (_, body) => {
    const reply = await callback(await slash(), body, '?with_response=true');
    expect(reply).toMatchObject({ status: 200 });
    expectSpecified('InteractionCallbackResponse', reply.body);
  });
});

const refused: Record<string, [unknown, ...string[]]> = {
  'no type': [{}, 'type: BASE_TYPE_REQUIRED'],
  'a type that does not exist': [{ type: 42 }, 'type: BASE_TYPE_CHOICES'],
  'an update of no message': [{ type: 7, data: { content: 'x' } }, 'type: BASE_TYPE_CHOICES'],
  'choices for a command': [{ type: 8, data: { choices: [] } }, 'type: BASE_TYPE_CHOICES'],
  'a flag that cannot be set': [
    { type: 4, data: { content: 'x', flags: 128 } },
    'data.flags: MESSAGE_FLAGS_INVALID',
  ],
  'text beside V2': [
    { type: 4, data: { content: 'x', flags: V2, components: [{ type: 10, content: 'x' }] } },
    'data.content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  'a field that does not exist': [
    { type: 4, data: { content: 'x', ephemeral: true } },
    'data.ephemeral: UNKNOWN_FIELD',
  ],
  'a modal without components': [modal(), 'data.components: BASE_TYPE_BAD_LENGTH'],
  'a modal with six components': [
    modal(...Array.from({ length: 6 }, (_, i) => label(input({ custom_id: `f${i}` })))),
    'data.components: BASE_TYPE_BAD_LENGTH',
  ],
  'a modal title of 46 characters': [
    { type: 9, data: { custom_id: 'm', title: 'x'.repeat(46), components: [label(input())] } },
    'data.title: BASE_TYPE_BAD_LENGTH',
  ],
  'a label of 46 characters': [
    modal(label(input(), { label: 'x'.repeat(46) })),
    'data.components.0.label: BASE_TYPE_BAD_LENGTH',
  ],
  'a placeholder of 101 characters': [
    modal(label(input({ placeholder: 'x'.repeat(101) }))),
    'data.components.0.component.placeholder: BASE_TYPE_MAX_LENGTH',
  ],
  'a label in a label': [
    modal(label(input({ label: 'L' }))),
    'data.components.0.component.label: TEXT_INPUT_COMPONENT_LABEL_IN_LABEL',
  ],
  'an old input without a label': [
    modal({ type: 1, components: [input()] }),
    'data.components.0.components.0.label: BASE_TYPE_REQUIRED',
  ],
  'a minimum length above the maximum': [
    modal(label(input({ min_length: 9, max_length: 3 }))),
    'data.components.0.component.min_length: TEXT_INPUT_COMPONENT_LENGTHS',
  ],
  'a value beyond its own length': [
    modal(label(input({ value: 'four', max_length: 3 }))),
    'data.components.0.component.value: BASE_TYPE_MAX_LENGTH',
  ],
  'a field twice': [
    modal(label(input()), label(input())),
    'data.components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  'a button in a modal': [
    modal({ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'b' }] }),
    'data.components.0.components.0.type: BASE_TYPE_CHOICES',
  ],
  'a modal with nothing to fill in': [
    modal({ type: 10, content: 'x' }),
    'data.components: MODAL_WITHOUT_INPUT',
  ],
  'one radio button': [
    modal(label({ type: 21, custom_id: 'g', options: [{ label: 'A', value: 'a' }] })),
    'data.components.0.component.options: BASE_TYPE_BAD_LENGTH',
  ],
  'a choice twice': [
    modal(
      label(
        group(22, {
          options: [
            { label: 'A', value: 'a' },
            { label: 'B', value: 'a' },
          ],
        }),
      ),
    ),
    'data.components.0.component.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
};

describe('callbacks that are refused', () => {
  test.each(Object.entries(refused))(
    '%s, and the interaction can still be answered',
    async (_, [body, ...faults]) => {
      const interaction = await slash();
      expect(faultsOf(await callback(interaction, body))).toEqual(faults);
      expect((await callback(interaction, { type: 4, data: { content: 'x' } })).status).toBe(204);
    },
  );

  test('a reply with nothing in it', async () => {
    expect((await callback(await slash(), { type: 4, data: {} })).body).toMatchObject({ code: 50_006 });
  });

  test('a second answer', async () => {
    const interaction = await slash();
    await callback(interaction, { type: 4, data: { content: 'x' } });
    const again = await callback(interaction, { type: 5 });
    expect(again).toMatchObject({ status: 400, body: { code: 40_060 } });
  });

  test('an answer to what was never asked', async () => {
    const reply = await callback({ id: '123456789012345678', token: 'x' }, { type: 5 });
    expect(reply).toMatchObject({ status: 404, body: { code: 10_062 } });
  });

  test('an answer after three seconds', async () => {
    const interaction = await slash();
    await driver.advanceClock(2000);
    expect((await driver.interaction(interaction.id)).status).toBe('sent');
    await driver.advanceClock(1000);
    expect(await driver.interaction(interaction.id)).toMatchObject({ status: 'failed', failure: 'timeout' });
    const late = await callback(interaction, { type: 4, data: { content: 'x' } });
    expect(late).toMatchObject({ status: 404, body: { code: 10_062 } });
  });

  test('choices that are too many or too long', async () => {
    const { userId, channelId } = actor;
    await driver.interact({
      kind: 'autocomplete',
      as: userId,
      channelId,
      command: 'quiz',
      options: [{ name: 'topic', value: 'so' }],
      focused: 'topic',
    });
    const interaction = (await gateway.event('INTERACTION_CREATE')).d as Received;
    expect(faultsOf(await callback(interaction, choices(26, 'v')))).toEqual([
      'data.choices: BASE_TYPE_MAX_LENGTH',
    ]);
    expect(faultsOf(await callback(interaction, choices(1, 'v'.repeat(101))))).toEqual([
      'data.choices.0.value: BASE_TYPE_MAX_LENGTH',
    ]);
    expect(faultsOf(await callback(interaction, { type: 4, data: { content: 'x' } }))).toEqual([
      'type: BASE_TYPE_CHOICES',
    ]);
    expect((await callback(interaction, choices(25, 'v'))).status).toBe(204);
  });
});

describe('what follows a callback', () => {
  let interaction: Received;
  beforeEach(async () => {
    interaction = await slash();
  });

  test('nothing, before there has been one', async () => {
    const reply = await webhook(interaction, 'PATCH', '/messages/@original', { content: 'x' });
    expect(reply).toMatchObject({ status: 404, body: { code: 10_015 } });
  });

  test('the deferral turns into a message and stays as private as it was', async () => {
    await callback(interaction, { type: 5, data: { flags: 64 } });
    const thinking = (await webhook(interaction, 'GET', '/messages/@original')).body;
    expectSpecified('MessageResponse', thinking);
    expect(thinking.flags).toBe(64 | 128);
    const edited = await webhook(interaction, 'PATCH', '/messages/%40original', {
      flags: V2,
      components: [{ type: 10, content: 'Done' }],
    });
    expectSpecified('MessageResponse', edited.body);
    expect(edited.body).toMatchObject({ id: thinking.id, flags: 64 | V2 });
  });

  test('the first follow-up takes the place of the deferral', async () => {
    await callback(interaction, { type: 5, data: { flags: 64 } });
    const { id } = (await webhook(interaction, 'GET', '/messages/@original')).body;
    expect((await webhook(interaction, 'POST', '?wait=true', { content: 'x' })).body).toMatchObject({
      id,
      flags: 64,
    });
    expect((await webhook(interaction, 'POST', '?wait=true', { content: 'y' })).body.id).not.toBe(id);
  });

  test('follow-ups can be edited and deleted, each by its id', async () => {
    await callback(interaction, { type: 4, data: { content: 'x' } });
    const { id } = (await webhook(interaction, 'POST', '?wait=true', { content: 'y', flags: 64 })).body;
    expect((await webhook(interaction, 'PATCH', `/messages/${id}`, { content: 'z' })).body).toMatchObject({
      id,
      content: 'z',
    });
    expect((await webhook(interaction, 'DELETE', `/messages/${id}`)).status).toBe(204);
    expect(await webhook(interaction, 'GET', `/messages/${id}`)).toMatchObject({
      status: 404,
      body: { code: 10_008 },
    });
  });

  test('an edit is checked like a message', async () => {
    await callback(interaction, { type: 4, data: { flags: V2, components: [{ type: 10, content: 'x' }] } });
    const path = '/messages/@original';
    expect(faultsOf(await webhook(interaction, 'PATCH', path, { content: 'x' }))).toEqual([
      'content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ]);
    expect((await webhook(interaction, 'PATCH', path, { components: [] })).body).toMatchObject({
      code: 50_006,
    });
  });

  test('a message with text does not become V2 while the text is there', async () => {
    await callback(interaction, { type: 4, data: { content: 'x' } });
    const components = [{ type: 10, content: 'y' }];
    expect(
      faultsOf(await webhook(interaction, 'PATCH', '/messages/@original', { flags: V2, components })),
    ).toEqual(['content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2']);
    const reply = await webhook(interaction, 'PATCH', '/messages/@original', {
      flags: V2,
      components,
      content: null,
    });
    expect(reply.body).toMatchObject({ flags: V2, content: '' });
  });

  test('nothing more, after fifteen minutes', async () => {
    await callback(interaction, { type: 4, data: { content: 'x' } });
    await driver.advanceClock(15 * 60_000 + 1);
    const reply = await webhook(interaction, 'POST', '', { content: 'y' });
    expect(reply).toMatchObject({ status: 401, body: { code: 50_027 } });
  });
});
