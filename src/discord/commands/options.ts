import type { Text } from '../../compute/index.ts';
import type { Named } from './define.ts';
import { messagesIn, type Messages } from '../../i18n/index.ts';

const zh = messagesIn('zh-CN').kinds;
const en = messagesIn('en-US').kinds;

/** Each kind of question as a choice of an option. */
export const kindChoices: Readonly<Record<string, Text>> = Object.fromEntries(
  (Object.keys(zh) as (keyof Messages['kinds'])[]).map((kind) => [
    kind,
    { 'zh-CN': zh[kind], 'en-US': en[kind] },
  ]),
);

export const topicOption: Named = {
  name: 'topic',
  zh: '主题',
  says: { 'zh-CN': '哪个主题', 'en-US': 'Which topic' },
};

export const zoneOption: Named = {
  name: 'zone',
  zh: '时区',
  says: { 'zh-CN': '城市或时区名', 'en-US': 'A city or the name of a zone' },
};

export const languageChoices = {
  'zh-CN': { 'zh-CN': '简体中文', 'en-US': '简体中文' },
  'en-US': { 'zh-CN': 'English', 'en-US': 'English' },
};
