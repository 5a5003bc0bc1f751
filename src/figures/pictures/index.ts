import type { Canvas } from '@napi-rs/canvas';
import type { Kind, Requests } from '../data.ts';
import { drawBars } from './bars.ts';
import { drawDistribution } from './distribution.ts';
import { drawForecast } from './forecast.ts';
import { drawFormula } from './formula.ts';
import { drawHeatmap } from './heatmap.ts';
import { drawLeaderboard } from './leaderboard.ts';
import { drawLine } from './line.ts';
import { drawQuestion } from './question.ts';
import { drawReadiness } from './readiness.ts';

/** How each picture is drawn. Only the worker loads this. */
export const pictures: { readonly [K in Kind]: (data: Requests[K]) => Canvas | Promise<Canvas> } = {
  formula: drawFormula,
  question: drawQuestion,
  leaderboard: drawLeaderboard,
  bars: drawBars,
  line: drawLine,
  heatmap: drawHeatmap,
  forecast: drawForecast,
  readiness: drawReadiness,
  distribution: drawDistribution,
};
