import { PermissionFlagsBits, type BaseInteraction, type GuildBasedChannel } from 'discord.js';
import type { Messages } from '../i18n/index.ts';

/** What the bot needs in the channel of the daily, in the order in which an admin would grant it. */
export const NEEDED = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
] as const satisfies readonly (keyof Messages['permissions'])[];

/** The permissions that the bot lacks in a channel. */
export function missingPermissions(channel: GuildBasedChannel): (typeof NEEDED)[number][] {
  const { me } = channel.guild.members;
  const granted = me ? channel.permissionsFor(me) : null;
  return NEEDED.filter((name) => granted?.has(PermissionFlagsBits[name]) !== true);
}

/** Whether the member may change the server's settings, whatever Discord was told to show. */
export const mayManage = (interaction: BaseInteraction): boolean =>
  interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;
