import { findLearner, meetLearner, nameMember } from '../storage/learner.ts';
import type { LearnerRow } from '../storage/schema.ts';
import type { Epoch } from './epoch.ts';

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly discordLocale: string;
  readonly member: { readonly guildId: string; readonly name: string } | undefined;
}

/** The learner as stored. Writes only when Discord tells something new, or on the first visit of a day. */
export async function meet(epoch: Epoch, person: Person): Promise<LearnerRow> {
  const known = await findLearner(epoch.db, person.userId);
  const now = epoch.now().toISOString();
  const lastGuildId = person.member?.guildId ?? known?.last_guild_id ?? null;
  if (
    known &&
    known.name === person.name &&
    known.discord_locale === person.discordLocale &&
    known.last_guild_id === lastGuildId &&
    known.last_seen_at.slice(0, 10) === now.slice(0, 10)
  ) {
    return known;
  }
  const learner: LearnerRow = {
    ...(known ?? {
      locale: null,
      zone: null,
      reminder_time: null,
      reminder_at: null,
      global_opt_in: 0,
      show_progress: 0,
      ask_confidence: 0,
      first_seen_at: now,
    }),
    user_id: person.userId,
    name: person.name,
    discord_locale: person.discordLocale,
    last_guild_id: lastGuildId,
    last_seen_at: now,
  };
  await epoch.db.transaction().execute(async (trx) => {
    await meetLearner(trx, learner);
    if (person.member) {
      await nameMember(trx, {
        guild_id: person.member.guildId,
        user_id: person.userId,
        name: person.member.name,
      });
    }
  });
  return learner;
}
