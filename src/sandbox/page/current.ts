/** The channel that is open, and its server. */
import type { OperatorChannel, OperatorGuild } from '../operator-api.ts';
import { useStore } from './store.ts';
import { findChannel, findGuild } from './world.ts';

export const useChannel = (): OperatorChannel | undefined =>
  useStore(({ world, channelId }) => findChannel(world, channelId));

/** undefined in a direct message. */
export const useGuild = (): OperatorGuild | undefined =>
  useStore(({ world, channelId }) => findGuild(world, findChannel(world, channelId)?.guildId ?? null));
