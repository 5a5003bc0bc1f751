import { localDate, periodKey, seasonKey, type Period } from '../study/index.ts';
import { pageOfBoard, rankOnBoard, sizeOfBoard, type Board, type RankedRow } from '../storage/score.ts';
import { findServer } from '../storage/server.ts';
import { pageOfStreaks, rankOfStreak, sizeOfStreaks } from '../storage/streak.ts';
import { GLOBAL } from './boards.ts';
import type { Epoch } from './epoch.ts';

export const SCOPES = ['server', 'global'] as const;
export const PERIODS = ['day', 'week', 'month', 'all'] as const satisfies readonly Period[];
export const RANKINGS = ['points', 'streak', 'accuracy'] as const;

export type Scope = (typeof SCOPES)[number];
export type Ranking = (typeof RANKINGS)[number];

export interface LeaderboardRequest {
  readonly scope: Scope;
  readonly period: Period;
  readonly by: Ranking;
  /** From 1; a page beyond the last is the last. */
  readonly page: number;
}

export interface Place {
  readonly rank: number;
  readonly userId: string;
  /** Null when nobody told us a name. */
  readonly name: string | null;
  readonly points: number;
  readonly answered: number;
  /** 0..1 */
  readonly accuracy: number;
  /** Days; 0 unless ranked by streak. */
  readonly streak: number;
}

export interface Leaderboard extends LeaderboardRequest {
  readonly pages: number;
  /** How many people are on the board. */
  readonly size: number;
  readonly places: readonly Place[];
  /** The reader's own place, whatever the page; undefined when not on the board. */
  readonly own: Place | undefined;
}

const PAGE_SIZE = 10;

/** A page of a leaderboard with the reader's own place. `guildId` is null outside a server: then only `global` makes sense. */
export async function leaderboard(
  epoch: Epoch,
  request: LeaderboardRequest,
  reader: { readonly userId: string; readonly guildId: string | null },
): Promise<Leaderboard> {
  const ranked = await ranking(epoch, request, reader.guildId);
  const size = await ranked.size();
  const pages = Math.max(1, Math.ceil(size / PAGE_SIZE));
  const page = Math.min(Math.max(1, request.page), pages);
  const places = await ranked.page((page - 1) * PAGE_SIZE);
  return { ...request, page, pages, size, places, own: await ranked.own(reader.userId) };
}

interface Ranked {
  size(): Promise<number>;
  page(offset: number): Promise<Place[]>;
  own(userId: string): Promise<Place | undefined>;
}

async function ranking(epoch: Epoch, request: LeaderboardRequest, guildId: string | null): Promise<Ranked> {
  const { db } = epoch;
  const scope = request.scope === 'server' ? guildId : null;
  if (request.by === 'streak') {
    return {
      size: () => sizeOfStreaks(db, scope),
      page: async (offset) =>
        (await pageOfStreaks(db, scope, offset, PAGE_SIZE)).map((row, index) => ({
          rank: offset + index + 1,
          userId: row.user_id,
          name: row.name,
          points: 0,
          answered: 0,
          accuracy: 0,
          streak: row.current,
        })),
      own: async (userId) => {
        const own = await rankOfStreak(db, scope, userId);
        return (
          own && {
            rank: own.rank,
            userId,
            name: null,
            points: 0,
            answered: 0,
            accuracy: 0,
            streak: own.current,
          }
        );
      },
    };
  }
  const board: Board = {
    board: scope ?? GLOBAL,
    period: await periodOn(epoch, scope, request.period),
    by: request.by,
  };
  return {
    size: () => sizeOfBoard(db, board),
    page: async (offset) =>
      (await pageOfBoard(db, board, offset, PAGE_SIZE)).map((row, index) => placeOf(row, offset + index + 1)),
    own: async (userId) => {
      const own = await rankOnBoard(db, board, userId);
      return own && placeOf({ ...own.row, name: null }, own.rank);
    },
  };
}

const placeOf = (row: RankedRow, rank: number): Place => ({
  rank,
  userId: row.user_id,
  name: row.name,
  points: row.points,
  answered: row.answered,
  accuracy: row.accuracy,
  streak: 0,
});

/** A server's days are its own, and its "all" is the season under way; the global board runs on UTC. */
async function periodOn({ db, now }: Epoch, guildId: string | null, period: Period): Promise<string> {
  const server = guildId === null ? undefined : await findServer(db, guildId);
  if (server && period === 'all') return seasonKey(server.season);
  return periodKey(period, localDate(now(), server?.zone ?? 'UTC'));
}
