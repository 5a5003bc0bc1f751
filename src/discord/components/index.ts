import { another, board, explain, forget, keep, practise, solution } from './after.ts';
import { daily, hint, multi, order, pick, type, typed, undo } from './answering.ts';
import type { Component } from './component.ts';
import { claim, easy, hide, rate, report, reported, resolve, share } from './own.ts';

/** Every button, select and modal, by the first part of its custom id. */
export const components: Readonly<Record<string, Component>> = {
  daily,
  pick,
  multi,
  order,
  undo,
  type,
  typed,
  hint,
  solution,
  explain,
  another,
  practise,
  board,
  forget,
  keep,
  claim,
  easy,
  rate,
  share,
  report,
  reported,
  resolve,
  hide,
};
