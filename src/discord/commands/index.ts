import { compute } from './compute.ts';
import { daily } from './daily.ts';
import type { Command } from './define.ts';
import { explain } from './explain.ts';
import { help } from './help.ts';
import { leaderboard } from './leaderboard.ts';
import { me } from './me.ts';
import { privacy } from './privacy.ts';
import { progress } from './progress.ts';
import { quiz } from './quiz.ts';
import { report, reports } from './report.ts';
import { review } from './review.ts';
import { settings } from './settings.ts';

/** Every command, in the order in which /help introduces them. */
export const commands: readonly Command[] = [
  daily,
  quiz,
  review,
  explain,
  compute,
  leaderboard,
  progress,
  me,
  report,
  privacy,
  help,
  settings,
  reports,
];
