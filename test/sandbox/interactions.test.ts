/** An unmodified discord.js client through every kind of interaction. */
import {
  ApplicationCommandOptionType as OptionType,
  ComponentType,
  Events,
  MessageFlags,
  type AnySelectMenuInteraction,
  type AutocompleteInteraction,
  type ChannelSelectMenuInteraction,
  type MentionableSelectMenuInteraction,
  type RoleSelectMenuInteraction,
  type UserSelectMenuInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type Interaction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { login } from './client.ts';
import { componentsOf, createDriver, textOf, type Actor, type Driver } from './driver.ts';
import { expectSpecified } from './specification.ts';

let sandbox: Sandbox;
let client: Client<true>;
let driver: Driver;
let mia: Actor;
let xiao: Actor;

/** What the bot does next, and the interaction it did it with. */
const answerNext = <Kind extends Interaction>(
  answer: (interaction: Kind) => Promise<unknown>,
): Promise<Kind> =>
  new Promise((resolve, reject) => {
    client.once(Events.InteractionCreate, (interaction) => {
      answer(interaction as Kind).then(() => resolve(interaction as Kind), reject);
    });
  });

const option = (type: OptionType, name: string, more: object = {}) => ({
  type,
  name,
  description: 'd',
  ...more,
});

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  client = await login(sandbox);
  driver = createDriver(sandbox.url);
  mia = await driver.as('Mia Tanaka', 'Deep Learning Reading Group/general');
  xiao = await driver.as('林晓', '炼丹学习社/闲聊');
  await client.application.commands.set([
    { name: 'hello', description: 'd' },
    {
      name: 'all',
      description: 'd',
      options: [
        option(OptionType.String, 'text', { required: true, minLength: 2, maxLength: 5 }),
        option(OptionType.Integer, 'count', { minValue: 1, maxValue: 5 }),
        option(OptionType.Number, 'rate'),
        option(OptionType.Boolean, 'flag'),
        option(OptionType.User, 'user'),
        option(OptionType.Role, 'role'),
        option(OptionType.Channel, 'channel', { channelTypes: [0] }),
        option(OptionType.Mentionable, 'anyone'),
        option(OptionType.String, 'choice', { choices: [{ name: 'A', value: 'a' }] }),
        option(OptionType.String, 'search', { autocomplete: true }),
      ],
    },
    {
      name: 'settings',
      description: 'd',
      defaultMemberPermissions: '32',
      contexts: [0],
      options: [
        option(OptionType.Subcommand, 'show'),
        option(OptionType.SubcommandGroup, 'set', {
          options: [
            option(OptionType.Subcommand, 'zone', {
              options: [option(OptionType.String, 'name', { required: true })],
            }),
          ],
        }),
      ],
    },
  ] as never);
});
afterAll(async () => {
  await client.destroy();
  await sandbox.close();
});

describe('slash commands', () => {
  test('carry who, where, in what language and with what permissions', async () => {
    const received = answerNext<ChatInputCommandInteraction>((interaction) => interaction.reply('Hi'));
    const state = await xiao.slash('hello');
    const interaction = await received;
    expect(interaction).toMatchObject({
      commandName: 'hello',
      locale: 'zh-CN',
      guildLocale: 'zh-CN',
      context: 0,
      channelId: xiao.channelId,
    });
    expect(interaction.inCachedGuild()).toBe(true);
    expect(interaction.user.displayName).toBe('林晓');
    expect(interaction.memberPermissions?.has('ManageGuild')).toBe(true);
    expect(interaction.appPermissions.has(['SendMessages', 'AttachFiles'])).toBe(true);
    expect(interaction.authorizingIntegrationOwners[0]).toBe(interaction.guildId);
    expect(state).toMatchObject({ status: 'replied', callbackType: 4, message: { content: 'Hi' } });
    expectSpecified('MessageResponse', state.message);
  });

  test('carry options of every type, resolved', async () => {
    const { guilds } = await driver.state();
    const guild = guilds.find((entry) => entry.name === 'Deep Learning Reading Group')!;
    const role = guild.roles.find((entry) => entry.name === 'Daily quiz')!;
    const received = answerNext<ChatInputCommandInteraction>((interaction) =>
      interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral }),
    );
    await mia.slash('all', {
      text: 'abc',
      count: 3,
      rate: 0.5,
      flag: true,
      user: mia.userId,
      role: role.id,
      channel: mia.channelId,
      anyone: role.id,
      choice: 'a',
    });
    const { options } = await received;
    expect(options.getString('text')).toBe('abc');
    expect(options.getInteger('count')).toBe(3);
    expect(options.getNumber('rate')).toBe(0.5);
    expect(options.getBoolean('flag')).toBe(true);
    expect(options.getUser('user')?.username).toBe('mia.tanaka');
    expect(options.getMember('user')).not.toBeNull();
    expect(options.getRole('role')?.name).toBe('Daily quiz');
    expect(options.getChannel('channel')?.name).toBe('general');
    expect(options.getMentionable('anyone')).not.toBeNull();
    expect(options.getString('choice')).toBe('a');
  });

  test('reach subcommands in groups', async () => {
    const received = answerNext<ChatInputCommandInteraction>((interaction) => interaction.reply('ok'));
    await mia.slash('settings set zone', { name: 'UTC' });
    const { options } = await received;
    expect([options.getSubcommandGroup(), options.getSubcommand(), options.getString('name')]).toEqual([
      'set',
      'zone',
      'UTC',
    ]);
  });

  test.each<[string, Record<string, string | number | boolean>, string]>([
    ['a required option', { count: 1 }, 'text is required'],
    ['the least length', { text: 'a' }, 'at least 2 characters'],
    ['the most length', { text: 'abcdef' }, 'at most 5 characters'],
    ['a minimum', { text: 'abc', count: 0 }, 'at least 1'],
    ['a maximum', { text: 'abc', count: 6 }, 'at most 5'],
    ['whole numbers', { text: 'abc', count: 1.5 }, 'whole number'],
    ['the type', { text: 5 }, 'must be text'],
    ['choices', { text: 'abc', choice: 'b' }, 'one of the choices'],
    ['known users', { text: 'abc', user: '123456789012345678' }, 'id of a user'],
    ['names of options', { text: 'abc', other: 1 }, 'not an option'],
  ])('are held by the client to %s', async (_, options, reason) => {
    await expect(mia.slash('all', options)).rejects.toThrow(reason);
  });

  test('that are not registered, or not for everybody, are refused', async () => {
    await expect(mia.slash('nothing')).rejects.toThrow('not a registered command');
    await expect(mia.slash('settings')).rejects.toThrow('needs a subcommand');
    const lukas = await driver.as('Lukas Weber', mia.channelId);
    await expect(lukas.slash('settings show')).rejects.toThrow('cannot be used');
    expect((await lukas.commands()).map((command) => command.name)).toEqual(['hello', 'all']);
    const dm = await driver.dm('Lukas Weber');
    await expect(dm.slash('settings show')).rejects.toThrow('cannot be used');
  });

  test('work in direct messages', async () => {
    const received = answerNext<ChatInputCommandInteraction>((interaction) => interaction.reply('Hi'));
    const dm = await driver.dm('Mia Tanaka');
    const { message } = await dm.slash('hello');
    const interaction = await received;
    expect(interaction).toMatchObject({ guildId: null, context: 1 });
    expect(interaction.inGuild()).toBe(false);
    expect(message).toMatchObject({ content: 'Hi', channel_id: dm.channelId });
  });
});

describe('replies', () => {
  test('an ephemeral one is seen by one member only', async () => {
    void answerNext<ChatInputCommandInteraction>((interaction) =>
      interaction.reply({ content: 'Secret', flags: MessageFlags.Ephemeral }),
    );
    const { message } = await mia.slash('hello');
    const lukas = await driver.as('Lukas Weber', mia.channelId);
    expect((await mia.messages()).map((entry) => entry.id)).toContain(message!.id);
    expect((await lukas.messages()).map((entry) => entry.id)).not.toContain(message!.id);
  });

  test('deferred, edited, followed up, and taken back', async () => {
    const received = answerNext<ChatInputCommandInteraction>(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('Done');
      const more = await interaction.followUp({ content: 'More', flags: MessageFlags.Ephemeral });
      await interaction.editReply({ message: more, content: 'Even more' });
      await interaction.deleteReply();
    });
    const { id } = await mia.slash('hello');
    await received;
    const state = await driver.interaction(id);
    expect(state).toMatchObject({ callbackType: 5, message: null, followUps: [{ content: 'Even more' }] });
  });

  test('withResponse gives the message', async () => {
    const contents: string[] = [];
    const received = answerNext<ChatInputCommandInteraction>(async (interaction) => {
      const response = await interaction.reply({ content: 'Hi', withResponse: true });
      contents.push(response.resource!.message!.content, (await interaction.fetchReply()).content);
    });
    await mia.slash('hello');
    await received;
    expect(contents).toEqual(['Hi', 'Hi']);
  });

  test('pictures are served with their type, size and alt text', async () => {
    // The header of a PNG of 3 by 2 pixels is all that is looked at.
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000030000000208020000001216f14d', 'hex');
    void answerNext<ChatInputCommandInteraction>((interaction) =>
      interaction.reply({
        flags: MessageFlags.IsComponentsV2,
        components: [
          {
            type: ComponentType.MediaGallery,
            items: [{ media: { url: 'attachment://formula.png' }, description: 'x squared' }],
          },
        ],
        files: [{ attachment: png, name: 'formula.png', description: 'x squared' }],
      }),
    );
    const { message } = await mia.slash('hello');
    expectSpecified('MessageResponse', message);
    expect(message!.attachments[0]).toMatchObject({
      filename: 'formula.png',
      description: 'x squared',
      width: 3,
      height: 2,
    });
    const [gallery] = componentsOf(message!);
    const { media, description } = gallery!.items![0]!;
    expect(description).toBe('x squared');
    const response = await fetch(media.url);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
  });
});

describe('autocomplete', () => {
  test('passes on what is typed and shows the choices', async () => {
    const received = answerNext<AutocompleteInteraction>((interaction) =>
      interaction.respond([
        { name: 'Softmax', value: 'softmax', nameLocalizations: { 'zh-CN': '柔性最大' } },
      ]),
    );
    const { choices } = await mia.autocomplete('all', 'search', { text: 'ab', search: 'so' });
    expect((await received).options.getFocused(true)).toMatchObject({ name: 'search', value: 'so' });
    expect(choices).toEqual([
      { name: 'Softmax', value: 'softmax', name_localizations: { 'zh-CN': '柔性最大' } },
    ]);
  });

  test('is refused where there is none', async () => {
    await expect(mia.autocomplete('all', 'text', { text: 'ab' })).rejects.toThrow('has no autocomplete');
  });
});

/** A message of the bot with these components, as mia sees it. */
const show = async (...components: object[]) => {
  void answerNext<ChatInputCommandInteraction>((interaction) =>
    interaction.reply({ flags: MessageFlags.IsComponentsV2, components: components as never }),
  );
  return (await mia.slash('hello')).message!;
};
const text = (content: string) => ({ components: [{ type: ComponentType.TextDisplay, content } as const] });
const label = (component: object) => ({ type: 18, label: 'L', component });
const row = (...components: object[]) => ({ type: 1, components });
const button = (custom_id: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: custom_id,
  custom_id,
  ...more,
});

describe('components', () => {
  test('a button updates its message', async () => {
    const message = await show(row(button('go')));
    const received = answerNext<ButtonInteraction>((interaction) => interaction.update(text('Gone')));
    const state = await mia.press(message, 'go');
    const interaction = await received;
    expect(interaction).toMatchObject({ customId: 'go', message: { id: message.id } });
    expect(state).toMatchObject({
      callbackType: 7,
      sourceMessageId: message.id,
      message: { id: message.id },
    });
    expect(textOf(state.message!)).toBe('Gone');
  });

  test('a deferred update changes the message later', async () => {
    const message = await show(row(button('go')));
    void answerNext<ButtonInteraction>(async (interaction) => {
      await interaction.deferUpdate();
      await interaction.editReply(text('Later'));
    });
    const state = await mia.press(message, 'go');
    expect(textOf(state.message!)).toBe('Later');
    expect(state.message!.id).toBe(message.id);
  });

  test('a disabled button, an unknown one, and a message that is not seen are refused', async () => {
    const message = await show(row(button('off', { disabled: true })));
    await expect(mia.press(message, 'off')).rejects.toThrow('disabled');
    const act = { kind: 'component', as: mia.userId, channelId: mia.channelId } as const;
    await expect(driver.interact({ ...act, messageId: message.id, customId: 'none' })).rejects.toThrow(
      'no such component',
    );
    await expect(driver.interact({ ...act, messageId: mia.channelId, customId: 'off' })).rejects.toThrow(
      'no such message',
    );
  });

  test('selects of users, roles and channels bring what was chosen, resolved', async () => {
    const role = (await driver.guild('Deep Learning Reading Group')).roles.find(
      ({ name }) => name === 'Daily quiz',
    )!;
    const choose = async (type: number, value: string) => {
      const message = await show(row({ type, custom_id: 's' }));
      const received = answerNext<AnySelectMenuInteraction>((interaction) => interaction.update(text('ok')));
      await mia.select(message, 's', [value]);
      return received;
    };
    const user = (await choose(5, mia.userId)) as UserSelectMenuInteraction;
    expect(user.users.first()?.username).toBe('mia.tanaka');
    expect(user.members.size).toBe(1);
    expect(((await choose(6, role.id)) as RoleSelectMenuInteraction).roles.first()?.name).toBe('Daily quiz');
    const anyone = (await choose(7, role.id)) as MentionableSelectMenuInteraction;
    expect([anyone.users.size, anyone.roles.size]).toEqual([0, 1]);
    expect(((await choose(8, mia.channelId)) as ChannelSelectMenuInteraction).channels.first()).toMatchObject(
      {
        name: 'general',
      },
    );
  });

  test('a string select brings its values, within its bounds', async () => {
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const message = await show(row({ type: 3, custom_id: 's', options, min_values: 1, max_values: 2 }));
    const received = answerNext<Interaction>((interaction) =>
      (interaction as ButtonInteraction).update(text('ok')),
    );
    await mia.select(message, 's', ['a', 'c']);
    expect(await received).toMatchObject({ values: ['a', 'c'] });
    const again = await show(row({ type: 3, custom_id: 's', options, min_values: 1, max_values: 2 }));
    await expect(mia.select(again, 's', [])).rejects.toThrow('at least 1');
    await expect(mia.select(again, 's', ['a', 'b', 'c'])).rejects.toThrow('at most 2');
    await expect(mia.select(again, 's', ['z'])).rejects.toThrow('does not offer');
  });
});

describe('modals', () => {
  const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
  const everything = {
    custom_id: 'form',
    title: 'Form',
    components: [
      label({ type: 4, custom_id: 'text', style: 1, min_length: 2, max_length: 5 }),
      label({ type: 3, custom_id: 'select', options, max_values: 2 }),
      label({ type: 21, custom_id: 'radio', options }),
      label({ type: 22, custom_id: 'boxes', options, min_values: 1, max_values: 2 }),
      label({ type: 23, custom_id: 'box' }),
    ],
  };
  const open = async () => {
    const message = await show(row(button('open')));
    void answerNext<ButtonInteraction>((interaction) => interaction.showModal(everything as never));
    return mia.press(message, 'open');
  };
  const filled = { text: 'abc', select: ['a', 'b'], radio: 'c', boxes: ['a'], box: true };

  test('bring every field, and can update the message they came from', async () => {
    const opener = await open();
    expect(opener).toMatchObject({ callbackType: 9, status: 'replied', modal: { title: 'Form' } });
    const received = answerNext<ModalSubmitInteraction>((interaction) =>
      (interaction as unknown as ButtonInteraction).update(text('Thanks')),
    );
    const state = await mia.submitModal(opener, filled);
    const { fields, customId } = await received;
    expect(customId).toBe('form');
    expect(fields.getTextInputValue('text')).toBe('abc');
    expect(fields.getStringSelectValues('select')).toEqual(['a', 'b']);
    expect(fields.getRadioGroup('radio')).toBe('c');
    expect(fields.getCheckboxGroup('boxes')).toEqual(['a']);
    expect(fields.getCheckbox('box')).toBe(true);
    expect(textOf(state.message!)).toBe('Thanks');
    expect(state.message!.id).toBe(opener.sourceMessageId);
    await expect(mia.submitModal(opener, filled)).rejects.toThrow('sent or closed already');
  });

  test.each<[string, object, string]>([
    ['text that is too short', { text: 'a' }, 'at least 2 characters'],
    ['text that is too long', { text: 'abcdef' }, 'at most 5 characters'],
    ['a field left empty', { text: '' }, 'text is required'],
    ['a choice that is not there', { select: ['z'] }, 'does not offer'],
    ['no choice', { radio: null }, 'radio is required'],
    ['too many choices', { boxes: ['a', 'b', 'c'] }, 'at most 2'],
    ['a field that is not there', { other: 'x' }, 'not a field'],
  ])('are held by the client to their rules: %s', async (_, change, reason) => {
    await expect(mia.submitModal(await open(), { ...filled, ...change })).rejects.toThrow(reason);
  });

  test('from a command carry no message', async () => {
    void answerNext<ChatInputCommandInteraction>((interaction) => interaction.showModal(everything as never));
    const opener = await mia.slash('hello');
    const received = answerNext<ModalSubmitInteraction>((interaction) => interaction.reply('ok'));
    await mia.submitModal(opener, filled);
    const interaction = await received;
    expect(interaction.isFromMessage()).toBe(false);
  });
});

describe('what goes wrong', () => {
  test('a bot that says nothing for three seconds', async () => {
    const state = mia.slash('hello');
    await new Promise((resolve) => {
      client.once(Events.InteractionCreate, resolve);
    });
    await driver.advanceClock(3000);
    expect(await state).toMatchObject({ status: 'failed', failure: 'timeout' });
  });

  test('answering twice', async () => {
    const received = answerNext<ChatInputCommandInteraction>(async (interaction) => {
      await interaction.reply('once');
      interaction.replied = false;
      await expect(interaction.reply('twice')).rejects.toMatchObject({ code: 40_060, status: 400 });
    });
    await mia.slash('hello');
    expect((await received).commandName).toBe('hello');
  });

  test("a message Discord would refuse, with the reason in the client's error", async () => {
    const received = answerNext<ChatInputCommandInteraction>(async (interaction) => {
      const twice = {
        flags: MessageFlags.IsComponentsV2,
        components: [row(button('a'), button('a'))],
      } as const;
      await expect(interaction.reply(twice as never)).rejects.toThrow('COMPONENT_CUSTOM_ID_DUPLICATED');
      await interaction.reply('Sorry');
    });
    expect(await mia.slash('hello')).toMatchObject({ message: { content: 'Sorry' } });
    expect((await received).replied).toBe(true);
  });
});
