import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { createDriver } from '../driver.ts';
import { request } from '../raw-bot.ts';
import { expectSpecified } from '../specification.ts';
import { faultsOf } from './refusals.ts';

let sandbox: Sandbox;
let all: string;
let ofGuild: string;
let application: string;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  const { applicationId, guilds } = await createDriver(sandbox.url).state();
  application = applicationId;
  all = `/applications/${applicationId}/commands`;
  ofGuild = `/applications/${applicationId}/guilds/${guilds[0]!.id}/commands`;
});
afterAll(() => sandbox.close());

const command = (more: object = {}) => ({ name: 'quiz', description: 'Ask', ...more });
const option = (more: object = {}) => ({ type: 3, name: 'topic', description: 'About what', ...more });
const withOptions = (...options: object[]) => command({ options });
const choices = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `n${i}`, value: `v${i}` }));

const accepted: Record<string, object> = {
  'the least': command(),
  'names in other languages': command({
    name_localizations: { 'zh-CN': '练习', de: 'übung' },
    description_localizations: { 'zh-CN': '出题' },
  }),
  'a name in Chinese': command({ name: '练习' }),
  'permissions as text': command({ default_member_permissions: '32' }),
  'permissions for nobody': command({ default_member_permissions: '0' }),
  'contexts and installations': command({ contexts: [0, 1, 2], integration_types: [0, 1] }),
  'every type of option': withOptions(
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11].map((type) => option({ type, name: `o${type}` })),
  ),
  'ranges of numbers and lengths': withOptions(
    option({ type: 4, name: 'level', min_value: 1, max_value: 5 }),
    option({ type: 10, name: 'rate', min_value: 0.5, max_value: 1.5 }),
    option({ min_length: 1, max_length: 6000 }),
  ),
  '25 choices': withOptions(option({ choices: choices(25) })),
  'choices in other languages': withOptions(
    option({ choices: [{ name: 'a', name_localizations: { 'zh-CN': '甲' }, value: 'a' }] }),
  ),
  autocomplete: withOptions(option({ autocomplete: true })),
  'types of channels': withOptions(option({ type: 7, channel_types: [0, 5] })),
  'subcommands and groups': withOptions(
    { type: 1, name: 'show', description: 'd' },
    {
      type: 2,
      name: 'set',
      description: 'd',
      options: [
        {
          type: 1,
          name: 'daily',
          description: 'd',
          options: [option({ required: true }), option({ name: 'b' })],
        },
      ],
    },
  ),
  'a command on users': { type: 2, name: 'Show Progress' },
  'a command on messages': { type: 3, name: 'Report this' },
};

describe('commands that are taken', () => {
  test.each(Object.entries(accepted))('%s', async (_, body) => {
    for (const path of [all, ofGuild]) {
      const reply = await request(sandbox, 'POST', path, body);
      expect(reply).toMatchObject({
        status: expect.toBeOneOf([200, 201]),
        body: { application_id: application },
      });
      expectSpecified('ApplicationCommandResponse', reply.body);
    }
  });
});

const refused: Record<string, [object, ...string[]]> = {
  'a name with capitals': [command({ name: 'Quiz' }), 'name: APPLICATION_COMMAND_INVALID_NAME'],
  'a name with a space': [command({ name: 'my quiz' }), 'name: APPLICATION_COMMAND_INVALID_NAME'],
  'a name of 33 characters': [command({ name: 'q'.repeat(33) }), 'name: BASE_TYPE_BAD_LENGTH'],
  'a translated name with a space': [
    command({ name_localizations: { de: 'mein quiz' } }),
    'name_localizations.de: APPLICATION_COMMAND_INVALID_NAME',
  ],
  'a locale that does not exist': [
    command({ name_localizations: { 'zh-CH': '练习' } }),
    'name_localizations.zh-CH: ENUM_TYPE_COERCE',
  ],
  'a locale of an option that does not exist': [
    withOptions(option({ description_localizations: { zh: '题目' } })),
    'options.0.description_localizations.zh: ENUM_TYPE_COERCE',
  ],
  'no description': [{ name: 'quiz' }, 'description: BASE_TYPE_REQUIRED'],
  'a description of 101 characters': [
    command({ description: 'x'.repeat(101) }),
    'description: BASE_TYPE_MAX_LENGTH',
  ],
  'a description on a context menu': [
    command({ type: 2 }),
    'description: APPLICATION_COMMAND_DESCRIPTION_CANNOT_BE_SET',
  ],
  'a required option after an optional one': [
    withOptions(option(), option({ name: 'b', required: true })),
    'options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  'an option twice': [
    withOptions(option(), option()),
    'options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  ],
  '26 options': [
    withOptions(...Array.from({ length: 26 }, (_, i) => option({ name: `o${i}` }))),
    'options: BASE_TYPE_MAX_LENGTH',
  ],
  '26 choices': [withOptions(option({ choices: choices(26) })), 'options.0.choices: BASE_TYPE_MAX_LENGTH'],
  'choices with autocomplete': [
    withOptions(option({ choices: choices(1), autocomplete: true })),
    'options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
  ],
  'a choice of 101 characters': [
    withOptions(option({ choices: [{ name: 'a', value: 'x'.repeat(101) }] })),
    'options.0.choices.0.value: BASE_TYPE_MAX_LENGTH',
  ],
  'a choice twice': [
    withOptions(
      option({
        choices: [
          { name: 'a', value: 'a' },
          { name: 'a', value: 'b' },
        ],
      }),
    ),
    'options.0.choices.1: APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
  ],
  'a choice that is no whole number': [
    withOptions(option({ type: 4, choices: [{ name: 'a', value: 1.5 }] })),
    'options.0.choices.0.value: NUMBER_TYPE_COERCE',
  ],
  'a minimum above the maximum': [
    withOptions(option({ type: 4, min_value: 5, max_value: 1 })),
    'options.0.min_value: APPLICATION_COMMAND_OPTIONS_RANGE_INVALID',
  ],
  'a subcommand beside an option': [
    withOptions(option(), { type: 1, name: 'show', description: 'd' }),
    'options.1.type: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  'a type of option that does not exist': [
    withOptions(option({ type: 12 })),
    'options.0.type: UNION_TYPE_CHOICES',
  ],
  'a range on a flag': [withOptions(option({ type: 5, min_value: 1 })), 'options.0.min_value: UNKNOWN_FIELD'],
  'permissions that are no number': [
    command({ default_member_permissions: 'ManageGuild' }),
    'default_member_permissions: NUMBER_TYPE_COERCE',
  ],
  'a context that does not exist': [command({ contexts: [3] }), 'contexts.0: BASE_TYPE_CHOICES'],
  'a field that does not exist': [
    command({ defaultMemberPermissions: '32' }),
    'defaultMemberPermissions: UNKNOWN_FIELD',
  ],
  'more than 8000 characters': [
    withOptions(
      ...Array.from({ length: 20 }, (_, i) =>
        option({
          name: `o${i}`,
          choices: choices(5).map((choice) => ({ ...choice, name: `${choice.name}${'x'.repeat(90)}` })),
        }),
      ),
    ),
    ': APPLICATION_COMMAND_TOO_LARGE',
  ],
};

describe('commands that are refused', () => {
  test.each(Object.entries(refused))('%s', async (_, [body, ...faults]) => {
    expect(faultsOf(await request(sandbox, 'POST', all, body))).toEqual(faults);
    expect(faultsOf(await request(sandbox, 'PUT', all, [body]))).toEqual(
      faults.map((fault) => `0.${fault}`.replace('0.:', '0:')),
    );
  });

  test('two of the same name', async () => {
    const reply = await request(sandbox, 'PUT', all, [command(), command()]);
    expect(faultsOf(reply)).toEqual(['1.name: APPLICATION_COMMANDS_DUPLICATE_NAME']);
  });

  test('more than a hundred', async () => {
    const many = Array.from({ length: 101 }, (_, i) => command({ name: `c${i}` }));
    expect(faultsOf(await request(sandbox, 'PUT', all, many))).toEqual([': BASE_TYPE_MAX_LENGTH']);
  });
});

describe('registration', () => {
  test('a command keeps its id when it is registered again, and gets a new version', async () => {
    const [first] = (await request(sandbox, 'PUT', all, [command()])).body;
    const [second, other] = (
      await request(sandbox, 'PUT', all, [command({ description: 'New' }), command({ name: 'b' })])
    ).body;
    expect(second).toMatchObject({ id: first.id, description: 'New' });
    expect(second.version).not.toBe(first.version);
    expect(other.id).not.toBe(first.id);
    expect((await request(sandbox, 'GET', all)).body).toHaveLength(2);
    await request(sandbox, 'PUT', all, []);
    expect((await request(sandbox, 'GET', all)).body).toEqual([]);
  });

  test('translations are listed only when asked for', async () => {
    const names = { 'zh-CN': '练习' };
    const [{ id }] = (await request(sandbox, 'PUT', all, [command({ name_localizations: names })])).body;
    const [short] = (await request(sandbox, 'GET', all)).body;
    expect(short).not.toHaveProperty('name_localizations');
    const [long] = (await request(sandbox, 'GET', `${all}?with_localizations=true`)).body;
    expect(long).toMatchObject({ id, name_localizations: names });
  });

  test('one command can be read, changed and removed', async () => {
    const [{ id }] = (await request(sandbox, 'PUT', ofGuild, [command()])).body;
    expect(
      (await request(sandbox, 'PATCH', `${ofGuild}/${id}`, { description: 'Other' })).body,
    ).toMatchObject({
      id,
      name: 'quiz',
      description: 'Other',
    });
    expect((await request(sandbox, 'GET', `${ofGuild}/${id}`)).body).toMatchObject({ description: 'Other' });
    expect(await request(sandbox, 'GET', `${all}/${id}`)).toMatchObject({
      status: 404,
      body: { code: 10_063 },
    });
    expect(faultsOf(await request(sandbox, 'PATCH', `${ofGuild}/${id}`, { name: 'No Way' }))).toEqual([
      'name: APPLICATION_COMMAND_INVALID_NAME',
    ]);
    expect((await request(sandbox, 'DELETE', `${ofGuild}/${id}`)).status).toBe(204);
    expect((await request(sandbox, 'GET', `${ofGuild}/${id}`)).status).toBe(404);
  });

  test('another application and a foreign guild are out of reach', async () => {
    const { body } = await request(sandbox, 'PUT', '/applications/123456789012345678/commands', []);
    expect(body).toMatchObject({ code: 50_001 });
    const foreign = all.replace('/commands', '/guilds/123456789012345678/commands');
    expect((await request(sandbox, 'GET', foreign)).body).toMatchObject({ code: 50_001 });
  });
});
