/** A small bot that sends one of everything a Discord client must draw. */
import { createCanvas } from '@napi-rs/canvas';
import {
  Events,
  Locale,
  MessageFlags,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type Interaction,
  type InteractionReplyOptions,
  type ModalComponentData,
} from 'discord.js';

const zh = (text: string) => ({ 'zh-CN': text });

const commands = [
  {
    name: 'quiz',
    name_localizations: zh('练习'),
    description: 'Practise with a question of your choice',
    description_localizations: zh('按自己的选择练一道题'),
    options: [
      {
        type: 3,
        name: 'topic',
        name_localizations: zh('主题'),
        description: 'What it is about',
        description_localizations: zh('题目的主题'),
        required: true,
        autocomplete: true,
      },
      {
        type: 4,
        name: 'level',
        name_localizations: zh('难度'),
        description: 'From 1 (easy) to 5 (hard)',
        description_localizations: zh('从 1(容易)到 5(困难)'),
        min_value: 1,
        max_value: 5,
      },
      {
        type: 3,
        name: 'kind',
        name_localizations: zh('题型'),
        description: 'How it is answered',
        description_localizations: zh('作答的方式'),
        choices: [
          { name: 'Multiple choice', name_localizations: zh('单选'), value: 'choice' },
          { name: 'A number', name_localizations: zh('数值'), value: 'numeric' },
          { name: 'A matrix', name_localizations: zh('矩阵'), value: 'matrix' },
        ],
      },
      {
        type: 6,
        name: 'rival',
        name_localizations: zh('对手'),
        description: 'Whom to compete with',
        description_localizations: zh('和谁比'),
      },
    ],
  },
  {
    name: 'gallery',
    name_localizations: zh('展示'),
    description: 'Everything a message can hold',
    description_localizations: zh('一条消息能有的一切'),
  },
  {
    name: 'form',
    name_localizations: zh('表单'),
    description: 'A form with every kind of field',
    description_localizations: zh('有各种字段的表单'),
  },
  {
    name: 'think',
    name_localizations: zh('思考'),
    description: 'Thinks until it is told to stop',
    description_localizations: zh('一直思考，直到被叫停'),
  },
  {
    name: 'silent',
    name_localizations: zh('沉默'),
    description: 'Never answers',
    description_localizations: zh('从不回应'),
  },
  {
    name: 'settings',
    name_localizations: zh('设置'),
    description: 'Settings of this server',
    description_localizations: zh('本服务器的设置'),
    default_member_permissions: '32',
    options: [
      {
        type: 1,
        name: 'daily',
        name_localizations: zh('每日'),
        description: 'Channel and time of the daily quiz',
        description_localizations: zh('每日一题的频道和时间'),
        options: [
          {
            type: 7,
            name: 'channel',
            name_localizations: zh('频道'),
            description: 'Where it is posted',
            description_localizations: zh('发布到哪里'),
            required: true,
          },
          {
            type: 5,
            name: 'ping',
            name_localizations: zh('提醒'),
            description: 'Whether to ping a role',
            description_localizations: zh('是否提醒身份组'),
          },
        ],
      },
      {
        type: 1,
        name: 'show',
        name_localizations: zh('查看'),
        description: 'What is set at present',
        description_localizations: zh('查看目前的设置'),
      },
    ],
  },
];

const topics = [
  'Batch normalisation',
  'Softmax and cross-entropy',
  'Gradient descent',
  'Attention',
  'Rotary embeddings',
];

const formula = (): Buffer => {
  const canvas = createCanvas(640, 150);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 640, 150);
  context.fillStyle = '#1d2230';
  context.font = 'italic 40px sans-serif';
  context.fillText('y = γ (x − μ) / √(v + ε) + β', 40, 90);
  return canvas.toBuffer('image/png');
};

const welcome = (chinese: boolean): string =>
  chinese
    ? [
        '## 批归一化：训练与推理',
        '训练时用**当前批次**的均值和方差，推理时用*滑动平均*。记住这三点：',
        '1. 更新公式是 `running = (1 - α) · running + α · batch`',
        '2. 方差的滑动平均用无偏估计',
        '   - 批次大小为 1 时没有定义',
        '3. ~~推理时也更新~~ 推理时**不更新**',
        '> 小批次会让统计量抖动，这时可以考虑层归一化。',
        '答案：||先减均值，再除以标准差|| · 截止 <t:1764000000:R> · 详见 [论文](https://example.com/1502.03167)',
        '-# 难度 ★★☆☆☆ · 来源 arXiv:1502.03167 §3.1',
      ].join('\n')
    : [
        '## Batch normalisation: training and inference',
        'Training uses mean and variance of **the batch**, inference the *running averages*. Three things to remember:',
        '1. The update is `running = (1 - α) · running + α · batch`',
        '2. The running variance takes the unbiased estimate',
        '   - which a batch of one does not have',
        '3. ~~Inference updates them too~~ Inference does **not** update them',
        '> Small batches make the statistics jump; layer normalisation does not mind.',
        'Answer: ||subtract the mean, divide by the deviation|| · closes <t:1764000000:R> · see [the paper](https://example.com/1502.03167)',
        '-# Level ★★☆☆☆ · source arXiv:1502.03167 §3.1',
      ].join('\n');

const code = '```python\nmean = x.mean(axis=0)\nrunning = 0.9 * running + 0.1 * mean\n```';

const button = (custom_id: string, style: number, label: string, more: object = {}) => ({
  type: 2,
  style,
  custom_id,
  label,
  ...more,
});

const everything = (interaction: ChatInputCommandInteraction): InteractionReplyOptions => {
  const chinese = interaction.locale === Locale.ChineseCN;
  const say = (english: string, text: string) => (chinese ? text : english);
  return {
    flags: MessageFlags.IsComponentsV2,
    files: [
      {
        attachment: formula(),
        name: 'formula.png',
        description: 'y = gamma (x - mu) / sqrt(v + eps) + beta',
      },
      { attachment: Buffer.from('step,loss\n1,0.69\n'), name: 'loss.csv' },
    ],
    components: [
      {
        type: 17,
        accent_color: 0x5b66dd,
        components: [
          { type: 10, content: welcome(chinese) },
          {
            type: 12,
            items: [
              {
                media: { url: 'attachment://formula.png' },
                description: 'y = gamma (x - mu) / sqrt(v + eps) + beta',
              },
            ],
          },
          { type: 14, spacing: 2, divider: true },
          {
            type: 9,
            components: [
              {
                type: 10,
                content: say(
                  `### Your turn, <@${interaction.user.id}>\nAnswer in <#${interaction.channelId}> or ask <@${interaction.client.user.id}>.`,
                  `### 该你了，<@${interaction.user.id}>\n在 <#${interaction.channelId}> 作答，或者问 <@${interaction.client.user.id}>。`,
                ),
              },
            ],
            accessory: {
              type: 11,
              media: { url: 'attachment://formula.png' },
              description: say('The formula, small', '公式缩略图'),
            },
          },
          {
            type: 1,
            components: [
              button('answer', 1, say('Answer', '作答')),
              button('hint', 2, say('Hint', '提示'), { emoji: { name: '💡' } }),
              button('right', 3, say('I knew it', '我会')),
              button('wrong', 4, say('I did not', '我不会')),
              { type: 2, style: 5, label: say('The paper', '论文'), url: 'https://example.com/1502.03167' },
            ],
          },
          { type: 1, components: [button('closed', 2, say('Closed', '已截止'), { disabled: true })] },
        ],
      },
      { type: 10, content: code },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'one',
            placeholder: say('Pick a topic', '选一个主题'),
            options: topics.map((label, index) => ({
              label,
              value: String(index),
              description: say(`Heading ${index + 1} of the notes`, `笔记第 ${index + 1} 节`),
            })),
          },
        ],
      },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'several',
            placeholder: say('Pick everything that is right', '选出所有正确的选项'),
            min_values: 1,
            max_values: 3,
            options: ['A', 'B', 'C', 'D'].map((value) => ({ label: `${value} · ${topics[0]}`, value })),
          },
        ],
      },
      {
        type: 1,
        components: [{ type: 5, custom_id: 'people', placeholder: say('Pick a member', '选一位成员') }],
      },
      { type: 13, file: { url: 'attachment://loss.csv' } },
    ] as never,
  };
};

const label = (text: string, description: string | null, component: object) => ({
  type: 18,
  label: text,
  ...(description === null ? {} : { description }),
  component,
});

const form = (chinese: boolean): ModalComponentData => {
  const say = (english: string, text: string) => (chinese ? text : english);
  const options = (required: boolean) =>
    [1, 2, 3].map((value) => ({
      value: String(value),
      label: topics[value]!,
      description: say(`Heading ${value}`, `第 ${value} 节`),
      ...(value === 2 && !required ? { default: true } : {}),
    }));
  return {
    custom_id: 'form',
    title: say('Your answer', '填写答案'),
    components: [
      {
        type: 10,
        content: say(
          'Numbers as you would **write** them: `0.58`, `29/50`.',
          '数字按习惯**写**:`0.58`、`29/50`。',
        ),
      },
      label(say('Result', '结果'), say('Three decimals are enough', '保留三位小数即可'), {
        type: 4,
        custom_id: 'result',
        style: 1,
        min_length: 2,
        max_length: 20,
        placeholder: '0.58',
        required: true,
      }),
      label(say('How you got there', '思路'), null, {
        type: 4,
        custom_id: 'why',
        style: 2,
        max_length: 200,
        required: false,
        value: say('By the running mean.', '用滑动平均。'),
      }),
      label(say('Most like', '最接近'), null, { type: 21, custom_id: 'like', options: options(true) }),
      label(say('Also about', '还涉及'), say('Up to two', '最多两项'), {
        type: 22,
        custom_id: 'about',
        min_values: 0,
        max_values: 2,
        required: false,
        options: options(false),
      }),
    ],
  } as unknown as ModalComponentData;
};

/** A private answer of one text. */
const privately = (content: string): InteractionReplyOptions => ({
  flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
  components: [{ type: 10, content }] as never,
});

const suggest = async (interaction: AutocompleteInteraction): Promise<void> => {
  const typed = interaction.options.getFocused().toLowerCase();
  const found = topics.filter((topic) => topic.toLowerCase().includes(typed));
  await interaction.respond(found.map((name) => ({ name, value: name })));
};

const thinking: ChatInputCommandInteraction[] = [];

/** Answers those who are being thought about. */
export const stopThinking = async (): Promise<void> => {
  for (const interaction of thinking.splice(0)) await interaction.editReply('Done thinking.');
};

const runCommand = async (interaction: ChatInputCommandInteraction): Promise<void> => {
  switch (interaction.commandName) {
    case 'gallery':
      await interaction.reply(everything(interaction));
      return;
    case 'form':
      await interaction.showModal(form(interaction.locale === Locale.ChineseCN));
      return;
    case 'think':
      await interaction.deferReply();
      thinking.push(interaction);
      return;
    case 'silent':
      return;
    default: {
      const given = interaction.options.data.flatMap((option) => option.options ?? [option]);
      const text = given.map(({ name, value }) => `${name}=${String(value)}`).join(', ');
      await interaction.reply(privately(`/${interaction.commandName}: ${text}`));
    }
  }
};

const answer = async (interaction: Interaction): Promise<void> => {
  if (interaction.isAutocomplete()) return suggest(interaction);
  if (interaction.isChatInputCommand()) return runCommand(interaction);
  if (interaction.isModalSubmit()) {
    const { fields } = interaction;
    await interaction.reply(
      privately(
        `result ${fields.getTextInputValue('result')}; like ${fields.getRadioGroup('like')}; about ${fields
          .getCheckboxGroup('about')
          .join('+')}`,
      ),
    );
  } else if (interaction.isButton()) {
    if (interaction.customId === 'answer')
      await interaction.showModal(form(interaction.locale === Locale.ChineseCN));
    else if (interaction.customId === 'wrong') return;
    else if (interaction.customId === 'right')
      await interaction.update({ components: [{ type: 10, content: '**Closed.** Well done.' }] as never });
    else await interaction.reply(privately(`You pressed ${interaction.customId}.`));
  } else if (interaction.isAnySelectMenu()) {
    await interaction.reply(privately(`You chose ${interaction.values.join('+')}.`));
  }
};

/** Registers the commands and answers from now on. What the bot runs into is collected in `failures`. */
export const showEverything = async (client: Client<true>, failures: string[]): Promise<void> => {
  client.on(Events.InteractionCreate, (interaction) => {
    answer(interaction).catch((error: unknown) => failures.push(String(error)));
  });
  await client.application.commands.set(commands);
};
