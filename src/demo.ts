import { ChannelType, Locale, type Client, type Guild } from 'discord.js';
import { DEFAULT_ZONES } from './discord/bot.ts';
import { missingPermissions } from './discord/permissions.ts';
import type { Epoch } from './quiz/epoch.ts';
import { configure } from './quiz/settings.ts';
import { findServer } from './storage/server.ts';
import { localTime } from './study/index.ts';

const DAILY_CHANNEL = /每日|daily/i;

/** Sets the daily up in every server of the sandbox that has none yet, so that the first one is due now. */
export async function setUpDemo(epoch: Epoch, client: Client): Promise<void> {
  for (const guild of client.guilds.cache.values()) {
    const server = await findServer(epoch.db, guild.id);
    const channelId = dailyChannel(guild);
    if (!server || server.daily_time !== null || channelId === undefined) continue;
    // The English one is English, whatever servers that name no language are taken for.
    const zone = guild.preferredLocale === Locale.EnglishUS ? DEFAULT_ZONES['en-US'] : server.zone;
    await configure(
      epoch,
      guild.id,
      {
        channel_id: channelId,
        zone,
        daily_time: localTime(epoch.now(), zone),
        locale: guild.preferredLocale,
      },
      null,
    );
  }
}

function dailyChannel(guild: Guild): string | undefined {
  const usable = [...guild.channels.cache.values()].filter(
    (channel) => channel.type === ChannelType.GuildText && missingPermissions(channel).length === 0,
  );
  return (usable.find(({ name }) => DAILY_CHANNEL.test(name)) ?? usable[0])?.id;
}
