import { answerAll, type Answering } from './answering.ts';
import { startEpoch, startFloor, type Child } from './child.ts';
import type { Experiment } from './experiment.ts';
import { openStage, type Stage } from './stage.ts';

const IN_FLIGHT = 32;

interface Served extends Answering {
  readonly readyMs: number;
  readonly idleMb: number;
}

/** Both bots on a sandbox of their own each, with the same work. */
export const serving: Experiment = {
  rows: [
    {
      name: 'answer-cpu',
      what: 'CPU of a button answer, 32 in flight, beside a bare reply',
      unit: 'us',
      aim: { at: 'most', value: 2, times: true },
    },
    {
      name: 'answer-rate',
      what: 'button answers with 32 in flight, beside bare replies',
      unit: '/s',
      aim: { at: 'least', value: 0.5, times: true },
    },
    {
      name: 'answer-p99',
      what: 'dispatch to callback with 32 in flight, 99th percentile',
      unit: 'ms',
      aim: { at: 'most', value: 2, times: true },
    },
    {
      name: 'ready',
      what: 'process start to ready with the whole bank, from the second start on',
      unit: 'ms',
      aim: { at: 'most', value: 2.5, times: true },
    },
    {
      name: 'idle-memory',
      what: 'resident memory when ready',
      unit: 'MB',
      aim: { at: 'most', value: 2, times: true },
    },
    {
      name: 'blocked',
      what: 'the longest that the event loop stood still, 32 in flight',
      unit: 'ms',
      aim: { at: 'most', value: 50 },
    },
  ],
  async measure(quick) {
    const count = quick ? 800 : 3000;
    const floor = await serve(startFloor, count);
    const epoch = await serve(startEpoch, count);
    const beside = (of: (served: Served) => number) => ({ ours: of(epoch), beside: of(floor) });
    return [
      beside(({ cpuUs }) => cpuUs),
      beside(({ perSecond }) => perSecond),
      beside(({ p99Ms }) => p99Ms),
      beside(({ readyMs }) => readyMs),
      beside(({ idleMb }) => idleMb),
      beside(({ blockedMs }) => blockedMs),
    ];
  },
};

async function serve(start: (stage: Stage) => Promise<Child>, count: number): Promise<Served> {
  const stage = await openStage();
  const bot = await start(stage);
  const { memoryMb } = await bot.usage();
  // Code that has just been loaded is slow.
  await answerAll(stage, bot, { count: count / 2, inFlight: IN_FLIGHT });
  const answering = await answerAll(stage, bot, { count, inFlight: IN_FLIGHT });
  await bot.stop();
  await stage.stop();
  return { ...answering, readyMs: bot.readyMs, idleMb: memoryMb };
}
