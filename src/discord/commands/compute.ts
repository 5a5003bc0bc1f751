import { operations } from '../../compute/index.ts';
import { compute as computed, type Computed } from '../../quiz/compute.ts';
import { SUGGESTIONS } from '../complete.ts';
import type { App } from '../app.ts';
import { reply } from '../respond.ts';
import { contextOf } from '../show.ts';
import type { Viewer } from '../viewer.ts';
import { formView, resultView } from '../views/compute.ts';
import { escape, type View } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';
import { completed, everywhere, typed, type Command } from './define.ts';

export const compute = {
  data: everywhere(
    {
      name: 'compute',
      zh: '计算',
      says: {
        'zh-CN': '用你的数字算一遍，看每一步',
        'en-US': 'Run an operation with your numbers, step by step',
      },
    },
    [
      completed(
        { name: 'operation', zh: '运算', says: { 'zh-CN': '哪个运算', 'en-US': 'Which operation' } },
        { required: true },
      ),
      typed({
        name: 'inputs',
        zh: '输入',
        says: {
          'zh-CN': '如 logits = 1, 2, 3; temperature = 1；不填则看格式和例子',
          'en-US': 'Such as logits = 1, 2, 3; temperature = 1; leave empty for the form and an example',
        },
      }),
    ],
  ),
  async run(interaction, app, viewer) {
    const name = interaction.options.getString('operation', true);
    await reply(
      interaction,
      view(computed(name, interaction.options.getString('inputs')), name, app, viewer),
    );
  },
  complete(interaction, _app, { locale }) {
    const query = interaction.options.getFocused().toLowerCase();
    return Object.values(operations)
      .map((operation) => ({ name: `${operation.name} · ${operation.title[locale]}`, value: operation.name }))
      .filter(({ name }) => name.toLowerCase().includes(query))
      .slice(0, SUGGESTIONS);
  },
} satisfies Command;

function view(result: Computed, name: string, app: App, viewer: Viewer): View {
  const { locale, messages } = viewer;
  const { compute } = messages;
  switch (result.status) {
    case 'unknown':
      return noticeView(compute.unknown(escape(name.slice(0, 100))));
    case 'form':
      return formView(result.operation, locale, messages);
    case 'unreadable':
      return formView(
        result.operation,
        locale,
        messages,
        compute.unreadable(escape(result.part.slice(0, 200))),
      );
    case 'missing':
      return formView(result.operation, locale, messages, compute.missing(result.name));
    case 'refused': {
      const { path, got, want } = result.error;
      return formView(result.operation, locale, messages, compute.failed(escape(path), escape(got), want));
    }
    case 'done':
      return resultView(result.operation, result, contextOf(app, viewer));
  }
}
