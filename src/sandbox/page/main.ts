/** Starts the page: reads the world, draws, and listens. */
import { h, render } from 'preact';
import { choosePlace, loadChannel, setTheme } from './actions.ts';
import { api, listen } from './api.ts';
import { refresh, takeEvent } from './events.ts';
import { setState, type Theme } from './store.ts';
import { App } from './views/app.ts';

const storedTheme = (): Theme => {
  const stored = localStorage.getItem('theme');
  return stored === 'dark' || stored === 'light' ? stored : 'system';
};

const root = document.querySelector('#app')!;

const start = async (): Promise<void> => {
  const [world, records] = await Promise.all([api.state(), api.records()]);
  setState({
    world,
    ...choosePlace(world),
    messages: [],
    loaded: '',
    commands: [],
    sent: [],
    busy: [],
    failed: {},
    modal: null,
    picture: null,
    panel: 'members',
    drawer: null,
    records,
    typing: {},
    unread: {},
    connected: true,
    theme: 'system',
    notice: null,
    draftCommand: null,
  });
  setTheme(storedTheme());
  // Whoever types as soon as there is a page finds the commands there; if this fails, the first connection tries again.
  await loadChannel().catch(() => {});
  root.replaceChildren();
  render(h(App, null), root);
  listen({
    onEvent: takeEvent,
    onOpen: () => {
      setState({ connected: true });
      // The first connection comes after the first reading, every other follows a gap.
      void refresh().catch(() => {});
    },
    onLost: () => setState({ connected: false }),
  });
};

start().catch((error: unknown) => {
  root.textContent = error instanceof Error ? error.message : String(error);
});
