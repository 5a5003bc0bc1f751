import { h } from 'preact';
import type { Fault, FaultRequest, GatewayRequest } from '../../operator-api.ts';
import { attempt } from '../actions.ts';
import { api } from '../api.ts';
import { useStore } from '../store.ts';
import { useLocale, useTexts, type Texts } from '../texts.ts';
import { clockTime } from '../time.ts';

const presets: Record<keyof Texts['presets'], FaultRequest> = {
  slow: { kind: 'latency', ms: 1000 },
  tooSlow: { kind: 'latency', ms: 4000, route: 'POST /interactions/*' },
  rateLimit: { kind: 'rate-limit', retryAfterMs: 2000 },
  limits: { kind: 'limits' },
  error: { kind: 'error', status: 503 },
  drop: { kind: 'drop' },
  lostReply: { kind: 'lost-reply' },
};

/** A fault that is on is recognised by what it does, so that a reload shows the switches as they are. */
const isOf = (fault: Fault, request: FaultRequest): boolean =>
  Object.entries(request).every(([field, value]) => fault[field as keyof Fault] === value) &&
  fault.left === null &&
  fault.route === request.route;

const Switch = (props: { on: boolean; title: string; text: string; onToggle: () => void }) =>
  h(
    'button',
    { type: 'button', class: 'switch', role: 'switch', 'aria-checked': props.on, onClick: props.onToggle },
    h('span', { class: 'switch-text' }, props.title, h('small', null, props.text)),
    h('span', { class: 'switch-knob', 'aria-hidden': 'true' }),
  );

const describe = ({ id: _id, left, kind, ...rest }: Fault): string =>
  [
    kind,
    ...Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`),
    left === null ? '' : `× ${left}`,
  ]
    .filter(Boolean)
    .join(' · ');

const Gateway = () => {
  const texts = useTexts();
  const locale = useLocale();
  const gateway = useStore((state) => state.world.gateway);
  const actions: [string, GatewayRequest][] = [
    [texts.reconnect, { action: 'reconnect' }],
    [texts.invalidSession, { action: 'invalid-session', resumable: false }],
    [texts.dropSocket, { action: 'drop' }],
    [texts.goAway, { action: 'away', ms: 60_000 }],
  ];
  return h(
    'section',
    null,
    h('h3', null, texts.gatewayTitle),
    h(
      'ul',
      { class: 'shards' },
      gateway.shards.map((shard) =>
        h(
          'li',
          { key: shard.id },
          h('span', { class: 'light light-on' }),
          `${texts.shard(shard.id, shard.count)} · ${texts.connectedSeq(shard.seq)}`,
        ),
      ),
      gateway.shards.length === 0 ? h('li', null, h('span', { class: 'light' }), texts.offline) : null,
      gateway.awayUntil === null
        ? null
        : h(
            'li',
            null,
            h('span', { class: 'light' }),
            texts.away(clockTime(Date.parse(gateway.awayUntil), locale)),
          ),
    ),
    h(
      'div',
      { class: 'button-grid' },
      actions.map(([title, request]) =>
        h(
          'button',
          {
            key: title,
            type: 'button',
            class: 'button button-secondary',
            onClick: () => void attempt(() => api.gateway(request)),
          },
          title,
        ),
      ),
    ),
  );
};

export const Faults = () => {
  const texts = useTexts();
  const faults = useStore((state) => state.world.faults);
  const entries = Object.entries(presets) as [keyof typeof presets, FaultRequest][];
  const others = faults.filter((fault) => !entries.some(([, request]) => isOf(fault, request)));
  return h(
    'div',
    { class: 'panel-scroll' },
    h('p', { class: 'hint' }, texts.faultsText),
    h(
      'div',
      { class: 'switches' },
      entries.map(([name, request]) => {
        const on = faults.find((fault) => isOf(fault, request));
        const [title, text] = texts.presets[name] as [string, string];
        return h(Switch, {
          key: name,
          on: on !== undefined,
          title,
          text,
          onToggle: () => void attempt(() => (on ? api.removeFault(on.id) : api.addFault(request))),
        });
      }),
    ),
    others.length > 0
      ? h(
          'section',
          null,
          h('h3', null, texts.otherFaults),
          h(
            'ul',
            { class: 'other-faults' },
            others.map((fault) =>
              h(
                'li',
                { key: fault.id },
                h('code', null, describe(fault)),
                h(
                  'button',
                  {
                    type: 'button',
                    class: 'text-button',
                    onClick: () => void attempt(() => api.removeFault(fault.id)),
                  },
                  texts.remove,
                ),
              ),
            ),
          ),
        )
      : null,
    faults.length > 0
      ? h(
          'button',
          { type: 'button', class: 'button button-secondary', onClick: () => void attempt(api.clearFaults) },
          texts.clearFaults,
        )
      : null,
    h(Gateway, null),
  );
};
