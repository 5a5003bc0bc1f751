/** What a person does on the page. */
import type { FieldValue, Id, InteractionState, OptionValue } from '../operator-api.ts';
import { api, RefusedError } from './api.ts';
import { getState, setState, type AppState, type Panel, type Picture, type Theme } from './store.ts';
import { currentTexts } from './texts.ts';
import {
  channelsFor,
  dmOf,
  findChannel,
  findGuild,
  findMember,
  findUser,
  firstChannel,
  peopleOf,
} from './world.ts';

let noticeTimer: ReturnType<typeof setTimeout> | undefined;

/** Says something at the edge of the page for a few seconds. */
export const notify = (notice: string): void => {
  clearTimeout(noticeTimer);
  setState({ notice });
  noticeTimer = setTimeout(() => setState({ notice: null }), 5000);
};

const reasonOf = (error: unknown): string =>
  error instanceof RefusedError
    ? [error.message, ...error.problems.map(({ field, reason }) => `${field} ${reason}`)].join(' ')
    : currentTexts().lost;

/** Runs what may be refused, and says so. */
export const attempt = async (run: () => Promise<unknown>): Promise<boolean> => {
  try {
    await run();
    return true;
  } catch (error) {
    notify(`${currentTexts().refused}: ${reasonOf(error)}`);
    return false;
  }
};

export const viewKey = ({ channelId, me }: Pick<AppState, 'channelId' | 'me'>): string =>
  `${channelId}:${me}`;

/** Reads the open channel anew, for whoever is acted as. */
export const loadChannel = async (): Promise<void> => {
  const view = viewKey(getState());
  const { channelId, me, messages: before } = getState();
  const [messages, commands] = await Promise.all([api.messages(channelId, me), api.commands(channelId, me)]);
  if (viewKey(getState()) !== view) return;
  // What was read may be older than a message that came or went meanwhile.
  if (getState().messages !== before) return loadChannel();
  setState({ messages, commands, loaded: view });
};

/** Shows a channel as a member, and keeps both in the address, so that a reload comes back here. */
const show = async (me: Id, channelId: Id): Promise<void> => {
  const { [channelId]: _read, ...unread } = getState().unread;
  history.replaceState(null, '', `#as=${me}&channel=${channelId}`);
  setState({
    me,
    channelId,
    unread,
    drawer: null,
    ...(viewKey({ me, channelId }) === getState().loaded ? {} : { messages: [], commands: [] }),
  });
  await attempt(loadChannel);
};

export const openChannel = (channelId: Id): Promise<void> => {
  const { world, me } = getState();
  const seen = findChannel(world, channelId)?.viewers.includes(me) === true;
  return seen ? show(me, channelId) : Promise.resolve();
};

const openDmAs = async (me: Id): Promise<void> => {
  const known = dmOf(getState().world, me);
  if (known) return show(me, known.id);
  await attempt(async () => {
    const channel = await api.openDm(me);
    setState({ world: await api.state() });
    await show(me, channel.id);
  });
};

export const openDm = (): Promise<void> => openDmAs(getState().me);

/** Becomes another member; stays in the channel if they see it, else goes to one that they see. */
export const actAs = async (me: Id): Promise<void> => {
  const { world, channelId } = getState();
  const channel = findChannel(world, channelId);
  const guild = findGuild(world, channel?.guildId ?? null);
  notify(currentTexts().nowActing(findUser(world, me)?.name ?? me));
  if (channel?.guildId === null) return openDmAs(me);
  if (channel?.viewers.includes(me) === true) return show(me, channelId);
  const other = guild && findMember(guild, me) ? firstChannel(guild, me) : undefined;
  if (other) await show(me, other.id);
};

/** Opens a server; as somebody who is in it, if the present member is not. */
export const openGuild = async (guildId: Id): Promise<void> => {
  const { world, me } = getState();
  const guild = findGuild(world, guildId);
  if (!guild) return;
  const member = findMember(guild, me) ? me : peopleOf(world, guild)[0]?.id;
  const channel = member === undefined ? undefined : firstChannel(guild, member);
  if (member === undefined || !channel) return;
  await show(member, channel.id);
  if (member !== me) notify(currentTexts().nowActing(findUser(world, member)?.name ?? member));
};

/** What to show when the page opens: what the address says, else a server in the browser's language. */
export const choosePlace = (world: AppState['world']): { me: Id; channelId: Id } => {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const me = wanted.get('as') ?? '';
  const channelId = wanted.get('channel') ?? '';
  if (findChannel(world, channelId)?.viewers.includes(me) === true) return { me, channelId };
  const language = navigator.language.slice(0, 2);
  const guilds = world.guilds.toSorted(
    (a, b) => Number(b.locale.startsWith(language)) - Number(a.locale.startsWith(language)),
  );
  for (const guild of guilds)
    for (const person of peopleOf(world, guild)) {
      const [channel] = channelsFor(guild, person.id);
      if (channel) return { me: person.id, channelId: channel.id };
    }
  throw new Error('The sandbox has no server with a member and a channel.');
};

export const sendText = (content: string): Promise<boolean> => {
  const { me, channelId } = getState();
  return attempt(() => api.send(me, channelId, content));
};

const takeModal = (answer: InteractionState): void => {
  if (answer.modal)
    setState({
      modal: {
        interactionId: answer.id,
        as: answer.userId,
        channelId: answer.channelId,
        modal: answer.modal,
      },
    });
};

let nextKey = 1;

export const forgetSent = (key: number): void =>
  setState({ sent: getState().sent.filter((entry) => entry.key !== key) });

/** Sends a command; the values have been checked. Until the bot answers, and if it fails, a line says so. */
export const runCommand = async (name: string, options: OptionValue[]): Promise<void> => {
  const { me, channelId, messages } = getState();
  const key = nextKey++;
  const after = messages.at(-1)?.message.id ?? null;
  const fail = (
    failure: NonNullable<InteractionState['failure']> | 'refused',
    reason: string | null = null,
  ) =>
    setState({
      sent: getState().sent.map((entry) => (entry.key === key ? { ...entry, failure, reason } : entry)),
    });
  setState({
    sent: [...getState().sent, { key, as: me, channelId, name, after, failure: null, reason: null }],
  });
  try {
    const answer = await api.interact({
      kind: 'command',
      as: me,
      channelId,
      command: name,
      options,
      wait: 'acknowledged',
    });
    if (answer.failure) return fail(answer.failure);
    forgetSent(key);
    takeModal(answer);
  } catch (error) {
    fail('refused', reasonOf(error));
  }
};

export const componentKey = (messageId: Id, customId: string): string => `${messageId}:${customId}`;

/** Presses a button or sends what was chosen in a select. */
export const pressComponent = async (messageId: Id, customId: string, values?: string[]): Promise<void> => {
  const { me, channelId, busy, failed } = getState();
  const key = componentKey(messageId, customId);
  if (busy.includes(key)) return;
  const { [messageId]: _old, ...otherFailures } = failed;
  setState({ busy: [...busy, key], failed: otherFailures });
  const fail = (reason: string) => setState({ failed: { ...getState().failed, [messageId]: reason } });
  try {
    const answer = await api.interact({
      kind: 'component',
      as: me,
      channelId,
      messageId,
      customId,
      ...(values ? { values } : {}),
      wait: 'acknowledged',
    });
    if (answer.failure) fail(currentTexts().interactionFailed);
    takeModal(answer);
  } catch (error) {
    fail(reasonOf(error));
  } finally {
    setState({ busy: getState().busy.filter((entry) => entry !== key) });
  }
};

/** Sends the open modal. Resolves with what is wrong: per field by custom id, or under `` as a whole. */
export const submitModal = async (fields: FieldValue[]): Promise<Record<string, string>> => {
  const { modal } = getState();
  if (!modal) return {};
  const { interactionId, as, channelId } = modal;
  try {
    const answer = await api.interact({
      kind: 'modal',
      as,
      channelId,
      interactionId,
      fields,
      wait: 'acknowledged',
    });
    if (answer.failure) return { '': currentTexts().modalFailed };
    setState({ modal: null });
    return {};
  } catch (error) {
    if (error instanceof RefusedError && error.problems.length > 0)
      return Object.fromEntries(error.problems.map(({ field, reason }) => [field, reason]));
    return { '': `${currentTexts().modalFailed} ${reasonOf(error)}` };
  }
};

export const closeModal = (): void => {
  const { modal } = getState();
  if (!modal) return;
  setState({ modal: null });
  // It may have been sent already, and then cannot be closed any more.
  api.cancelModal(modal.interactionId).catch(() => {});
};

export const dismiss = (messageId: Id): void => {
  const { me, channelId } = getState();
  void attempt(() => api.deleteMessage(me, channelId, messageId));
};

/** Puts a command into the composer. */
export const draftCommand = (name: string | null): void => setState({ draftCommand: name });

export const showPicture = (picture: Picture | null): void => setState({ picture });

export const togglePanel = (panel: Panel): void => {
  const { panel: open, drawer } = getState();
  const closes = open === panel && (drawer === 'panel' || !isNarrow());
  setState({ panel: closes ? null : panel, drawer: closes || !isNarrow() ? null : 'panel' });
};

export const openDrawer = (drawer: AppState['drawer']): void => setState({ drawer });

/** Whether channels and panel slide over the messages (as in layout.css). */
export const isNarrow = (): boolean => matchMedia('(width < 900px)').matches;

export const setTheme = (theme: Theme): void => {
  localStorage.setItem('theme', theme);
  document.documentElement.dataset['theme'] = theme;
  setState({ theme });
};

/** Forgets what only this page remembers: unread marks, failures, the log, the layout. */
export const resetView = (): void => {
  setTheme('system');
  setState({ unread: {}, failed: {}, sent: [], records: [], panel: 'members', drawer: null, picture: null });
  void attempt(loadChannel);
};

export const clearLog = (): void => setState({ records: [] });
