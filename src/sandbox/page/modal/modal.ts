/** A modal: opened by the bot, sent by Enter or the button, closed by Esc. */
import { h } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { closeModal, submitModal } from '../actions.ts';
import { Markdown } from '../markdown/view.ts';
import { useStore, type OpenModal } from '../store.ts';
import { useTexts } from '../texts.ts';
import { Avatar } from '../views/avatar.ts';
import { Icon } from '../views/icons.ts';
import { ModalField } from './field.ts';
import { faultOf, initialState, rowsOf, toFieldValue, type InputState } from './inputs.ts';

const Dialog = ({ open }: { open: OpenModal }) => {
  const texts = useTexts();
  const { bot } = useStore((state) => state.world);
  const rows = useMemo(() => rowsOf(open.modal), [open]);
  const inputs = rows.flatMap((row) => (row.kind === 'input' ? [row.input] : []));
  const [states, setStates] = useState<Record<string, InputState>>(() =>
    Object.fromEntries(inputs.map((input) => [input.custom_id, initialState(input)])),
  );
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [sending, setSending] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current!;
    element.showModal();
    element.querySelector<HTMLElement>('.field input, .field textarea, .field button')?.focus();
    // Closing gives the focus back to where it was.
    return () => element.close();
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (sending) return;
    const found = inputs.flatMap((input): [string, string][] => {
      const fault = faultOf(input, states[input.custom_id]!, texts);
      return fault === null ? [] : [[input.custom_id, fault]];
    });
    setFaults(Object.fromEntries(found));
    const [wrong] = found;
    if (wrong) {
      dialog
        .current!.querySelector<HTMLElement>(
          `[data-field="${CSS.escape(wrong[0])}"] :is(input, textarea, button)`,
        )
        ?.focus();
      return;
    }
    setSending(true);
    const problems = await submitModal(inputs.map((input) => toFieldValue(input, states[input.custom_id]!)));
    setSending(false);
    setFaults(problems);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter sends from one line; in a paragraph it does so with Ctrl.
    const inArea = event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Enter' && !event.isComposing && inArea && (event.ctrlKey || event.metaKey))
      void submit(event);
  };
  const whole = faults[''];
  return h(
    'dialog',
    {
      ref: dialog,
      class: 'modal',
      'aria-labelledby': 'modal-title',
      onCancel: (event: Event) => {
        event.preventDefault();
        closeModal();
      },
      onKeyDown,
    },
    h(
      'form',
      { noValidate: true, onSubmit: (event: SubmitEvent) => void submit(event) },
      h(
        'header',
        null,
        h(Avatar, { id: bot.id, name: bot.name, bot: true, size: 28 }),
        h('h2', { id: 'modal-title' }, open.modal.title),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': texts.close, onClick: closeModal },
          h(Icon, { name: 'close' }),
        ),
      ),
      h(
        'div',
        { class: 'modal-body' },
        whole === undefined ? null : h('p', { class: 'failure failure-box', role: 'alert' }, whole),
        rows.map((row, index) =>
          row.kind === 'text'
            ? h(Markdown, { key: index, text: row.content })
            : h(
                'div',
                { key: row.input.custom_id, 'data-field': row.input.custom_id },
                h(ModalField, {
                  id: `field-${index}`,
                  label: row.label,
                  description: row.description,
                  input: row.input,
                  state: states[row.input.custom_id]!,
                  fault: faults[row.input.custom_id] ?? null,
                  onChange: (patch) =>
                    setStates((before) => ({
                      ...before,
                      [row.input.custom_id]: { ...before[row.input.custom_id]!, ...patch },
                    })),
                }),
              ),
        ),
      ),
      h(
        'footer',
        null,
        h('button', { type: 'button', class: 'button button-plain', onClick: closeModal }, texts.cancel),
        h(
          'button',
          { type: 'submit', class: 'button button-primary', 'aria-disabled': sending ? 'true' : undefined },
          sending ? texts.sendingForm : texts.submit,
        ),
      ),
    ),
  );
};

export const ModalLayer = () => {
  const open = useStore((state) => state.modal);
  return open ? h(Dialog, { key: open.interactionId, open }) : null;
};
