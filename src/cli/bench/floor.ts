/** The bare floor: a discord.js client that posts one button, and answers whoever presses it with "ok". */
import {
  ApplicationCommandOptionType,
  Client,
  ComponentType,
  Events,
  GatewayIntentBits,
  MessageFlags,
} from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: process.env['DISCORD_API_URL']! },
});
client.on(Events.InteractionCreate, (interaction) => {
  if (interaction.isChatInputCommand()) {
    const components = [{ type: ComponentType.Button, style: 1, label: 'ok', custom_id: 'pick:ok' } as const];
    void interaction.reply({
      content: 'ok',
      flags: MessageFlags.Ephemeral,
      components: [{ type: ComponentType.ActionRow, components }],
    });
  } else if (interaction.isButton()) {
    void interaction.update({ content: 'ok', components: [] });
  }
});
client.once(Events.ClientReady, () => {
  const kind = { type: ApplicationCommandOptionType.String, name: 'kind', description: 'ok' } as const;
  void client
    .application!.commands.set([{ name: 'quiz', description: 'ok', options: [kind] }])
    .then(() => process.stdout.write('ready\n'));
});
process.on('SIGTERM', () => void client.destroy().then(() => process.exit(0)));
await client.login(process.env['DISCORD_TOKEN']);
