import { readZone } from '../../study/index.ts';
import { changeOwnSettings } from '../../quiz/me.ts';
import { readTime } from '../../quiz/settings.ts';
import { localeOf, messagesIn, type Messages } from '../../i18n/index.ts';
import type { LearnerRow } from '../../storage/schema.ts';
import { suggestZones } from '../complete.ts';
import { reply } from '../respond.ts';
import { accent, card, escape, text, type View } from '../views/message.ts';
import { noticeView } from '../views/notice.ts';
import { heading } from '../views/text.ts';
import { completed, everywhere, oneOf, typed, yesNo, type Command } from './define.ts';
import { languageChoices, zoneOption } from './options.ts';

const FOLLOW = 'discord';

const isOff = (text: string): boolean => ['off', '关', '不提醒'].includes(text.trim().toLowerCase());

export const me = {
  data: everywhere(
    {
      name: 'me',
      zh: '我',
      says: { 'zh-CN': '我的语言、时区和隐私选项', 'en-US': 'My language, time zone and privacy' },
    },
    [
      oneOf(
        {
          name: 'language',
          zh: '语言',
          says: { 'zh-CN': '我和你说哪种语言', 'en-US': 'Which language I speak to you' },
        },
        { ...languageChoices, [FOLLOW]: { 'zh-CN': '跟随 Discord', 'en-US': 'as in Discord' } },
      ),
      completed(zoneOption),
      typed({
        name: 'reminder',
        zh: '提醒',
        says: {
          'zh-CN': '每天几点私信提醒，如 20:00；off 为不提醒',
          'en-US': 'When to remind me by direct message, such as 20:00; off for never',
        },
      }),
      yesNo({
        name: 'global',
        zh: '全球榜',
        says: { 'zh-CN': '参加全球排行榜', 'en-US': 'Take part in the global leaderboard' },
      }),
      yesNo({
        name: 'progress',
        zh: '公开进度',
        says: { 'zh-CN': '别人可以看我的进度', 'en-US': 'Let others see my progress' },
      }),
      yesNo({
        name: 'confidence',
        zh: '把握',
        says: { 'zh-CN': '答题前问我有没有把握', 'en-US': 'Ask how sure I am before I answer' },
      }),
    ],
  ),
  async run(interaction, app, viewer) {
    const { options } = interaction;
    const language = options.getString('language');
    const typedZone = options.getString('zone');
    const zone = typedZone === null ? null : readZone(typedZone);
    if (typedZone !== null && zone === null) {
      await reply(interaction, noticeView(viewer.messages.settings.badZone(escape(typedZone.slice(0, 100)))));
      return;
    }
    const typedReminder = options.getString('reminder');
    const reminder = typedReminder === null || isOff(typedReminder) ? null : readTime(typedReminder);
    if (reminder === undefined) {
      await reply(
        interaction,
        noticeView(viewer.messages.settings.badTime(escape(typedReminder!.slice(0, 50)))),
      );
      return;
    }
    const globalOptIn = options.getBoolean('global');
    const showProgress = options.getBoolean('progress');
    const askConfidence = options.getBoolean('confidence');
    const learner = await changeOwnSettings(app.epoch, viewer.userId, {
      ...(language === null ? {} : { locale: language === FOLLOW ? null : localeOf(language) }),
      ...(zone === null ? {} : { zone }),
      ...(typedReminder === null ? {} : { reminderTime: reminder }),
      ...(globalOptIn === null ? {} : { globalOptIn }),
      ...(showProgress === null ? {} : { showProgress }),
      ...(askConfidence === null ? {} : { askConfidence }),
    });
    const messages = messagesIn(localeOf(learner.locale ?? interaction.locale));
    await reply(interaction, meView(learner, messages, interaction.options.data.length > 0));
  },
  complete: (interaction) => suggestZones(interaction.options.getFocused()),
} satisfies Command;

const meView = (learner: LearnerRow, messages: Messages, saved: boolean): View =>
  card(
    accent.neutral,
    text(heading(messages.me.title)),
    text(
      [
        messages.me.language(
          learner.locale === null ? messages.me.followsDiscord : messages.languages[localeOf(learner.locale)],
        ),
        messages.me.zone(learner.zone ?? messages.me.followsServer),
        messages.me.reminder(learner.reminder_time),
        messages.me.global(learner.global_opt_in === 1),
        messages.me.progress(learner.show_progress === 1),
        messages.me.confidence(learner.ask_confidence === 1),
      ].join('\n'),
    ),
    saved && text(`✅ ${messages.me.saved}`),
  );
