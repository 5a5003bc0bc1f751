import type {
  BarsData,
  DistributionData,
  ForecastData,
  HeatmapData,
  LeaderboardData,
  LineData,
  QuestionData,
  ReadinessData,
} from '../../src/figures/data.ts';

/** Names people have on Discord, the hard ones among them. */
export const names = [
  '梯度下降小能手 🔥',
  'Ada Lovelace',
  '炼丹师阿伟 🧪',
  '𝓓𝓪𝓻𝓴 𝕃𝕠𝕧𝕖𝕝𝕒𝕔𝕖',
  '鑫堃 👩‍💻',
  '一个名字特别特别特别特别长的同学',
  '김민수 ไทยแลนด์',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ᴳO ꜱᴍᴀʟʟ',
  '꧁ꦏꦤ꧂ ☾✿ ⒶⒷ',
  'عبد الله שלום नमस्ते',
];

export const leaderboard: LeaderboardData = {
  title: '本周排行榜',
  subtitle: '神经网络基础 · 第 47 周 · 128 人参与',
  rows: names.map((name, index) => ({
    rank: index + 1,
    name,
    value: (2480 - 137 * index).toLocaleString('en-US'),
    detail: `${(96.2 - 2.7 * index).toFixed(1)}%`,
    share: (96.2 - 2.7 * index) / 100,
  })),
  below: { rank: 123, name: '你', value: '760', detail: '73.3%', share: 0.733 },
};

export const streaks: LeaderboardData = {
  title: 'Longest streaks',
  rows: names.slice(0, 5).map((name, index) => ({
    rank: index + 1,
    name,
    value: `${42 - index} days`,
    detail: 'since Oct 3',
    own: index === 2,
  })),
};

export const softmax: BarsData = {
  title: 'softmax 输出概率',
  subtitle: 'z = (2.0, 1.0, −0.3, −0.9), T = 1',
  bars: [
    { label: '$z_1=2.0$', value: 0.665, text: '66.5%', strong: true },
    { label: '$z_2=1.0$', value: 0.245, text: '24.5%' },
    { label: '猫 🐱', value: 0.067, text: '6.7%' },
    { label: '$\\frac{\\partial L}{\\partial z_4}$', value: 0.023, text: '2.3%' },
  ],
  full: 1,
};

export const gradients: BarsData = {
  title: 'Gradient of each weight',
  bars: [
    { label: 'w₁', value: 0.8, text: '0.8' },
    { label: 'w₂', value: -1.2, text: '−1.2' },
    { label: 'a bias with a long name', value: 0, text: '0' },
  ],
};

export const loss: LineData = {
  title: '梯度下降:损失曲线',
  x: '训练步数 step',
  y: '损失 loss',
  series: [
    {
      name: '训练集 train',
      points: Array.from({ length: 60 }, (_, i) => [
        i * 10,
        2.5 * Math.exp(-i / 14) + 0.18 + 0.03 * Math.sin(i * 2.1),
      ]),
    },
    {
      name: '验证集 val',
      points: Array.from({ length: 60 }, (_, i) => [
        i * 10,
        2.3 * Math.exp(-i / 15) + 0.42 + 0.03 * Math.cos(i * 1.7),
      ]),
    },
  ],
};

export const accuracy: LineData = {
  title: 'Accuracy by week',
  subtitle: 'first attempts only',
  x: 'week',
  series: [
    {
      name: 'you',
      points: [
        [40, 52],
        [41, 58],
        [42, Number.NaN],
        [43, 61],
        [44, 73],
        [45, 70],
        [46, 82],
      ],
    },
  ],
  yRange: [0, 100],
  yUnit: '%',
};

export const calendar: HeatmapData = {
  title: '连续打卡 42 天 🔥',
  subtitle: '最长 61 天 · 剩余保护 1 次',
  days: Array.from({ length: 180 }, (_, i) => ({
    date: new Date(Date.UTC(2026, 4, 28 + i)).toISOString().slice(0, 10),
    level: ([0, 1, 2, 3, 4, 2, 3] as const)[(i * i + 3 * i) % 7]!,
    frozen: i === 150 || i === 101,
  })),
  weekdays: ['一', '二', '三', '四', '五', '六', '日'],
  months: Array.from({ length: 12 }, (_, month) => `${month + 1}月`),
  legend: { less: '少', more: '多', frozen: '使用了保护' },
  summary: '近 180 天中有 154 天打卡。',
};

export const year: HeatmapData = {
  ...calendar,
  title: 'A year of days',
  subtitle: '365 days',
  days: Array.from({ length: 365 }, (_, i) => ({
    date: new Date(Date.UTC(2025, 10, 25 + i)).toISOString().slice(0, 10),
    level: (i % 11 === 0 ? 0 : (i % 4) + 1) as 0 | 1 | 2 | 3 | 4,
  })),
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  legend: { less: 'Less', more: 'More' },
  summary: '332 of the last 365 days.',
};

export const forecast: ForecastData = {
  title: '未来 14 天的复习',
  subtitle: '今天到期 12 题,积压 31 题另算',
  days: Array.from({ length: 14 }, (_, i) => ({
    label: i === 0 ? '今天' : String(((23 + i) % 30) + 1),
    weekday: ['二', '三', '四', '五', '六', '日', '一'][i % 7]!,
    count: [12, 5, 8, 0, 3, 14, 9, 2, 1, 0, 6, 4, 22, 7][i]!,
    today: i === 0,
  })),
  backlog: { label: '积压', count: 31 },
};

const headings = [
  'BN 训练和测试的区别在哪里?',
  '梯度下降的公式',
  'Softmax 与数值稳定',
  '交叉熵与 KL 散度',
  'Transformer 的整体结构',
  '自注意力的复杂度',
  '为什么要除以 √d_k',
  '位置编码:RoPE、ALiBi',
  'LoRA 的秩与缩放',
  'Adam 与 AdamW 的区别',
  '学习率预热与余弦退火',
  '梯度裁剪',
  'Dropout 在训练和推理时',
  'LayerNorm 与 RMSNorm',
  'GELU 与 SwiGLU',
  'KV Cache 的显存',
  'Flash Attention',
  'Multi-query attention',
  'BPE 分词',
  'Beam search 与采样',
  '困惑度',
  'RLHF 与 PPO 的目标函数',
  'DPO',
  '混合精度训练',
  'ZeRO 的三个阶段',
  '张量并行与流水线并行',
  '卷积的输出尺寸',
  '感受野',
  '残差连接',
  'L1 与 L2 正则化',
  '偏差与方差',
  '逻辑回归',
  'SVM 与核函数',
  '决策树与信息增益',
  'XGBoost',
  'K-means',
  'PCA 与特征值',
  'AUC 与 ROC',
  'F1、精确率、召回率',
  'IoU 与 NMS',
  '目标检测的损失',
  'What exactly happens to batch statistics at inference',
];

export const readiness: ReadinessData = {
  title: '面试准备度',
  subtitle: '42 个主题中已练习 36 个,平均 61%',
  rows: headings.map((label, i) => {
    const share = i % 7 === 5 ? null : ((i * 37) % 101) / 100;
    return { label, share, text: share === null ? '—' : `${Math.round(share * 100)}%` };
  }),
};

export const distribution: DistributionData = {
  title: '每日一题 · 答案揭晓',
  subtitle: '37 人作答,平均得分 68%',
  rows: [
    {
      key: 'A',
      label: '使用当前小批量的均值 $\\mu_B$ 与方差 $\\sigma_B^2$',
      share: 0.24,
      text: '9 人 · 24%',
    },
    { key: 'B', label: '使用训练时累积的滑动平均', share: 0.62, text: '23 人 · 62%', right: true },
    {
      key: 'C',
      label: '重新计算整个测试集的统计量,再逐个样本做归一化,最后乘上 $\\gamma$ 并加上 $\\beta$',
      share: 0.14,
      text: '5 人 · 14%',
      own: true,
    },
    { key: 'D', label: '不做归一化', share: 0, text: '0 人 · 0%' },
  ],
  legend: { right: '正确答案', own: '你的选择' },
};

export const question: QuestionData = {
  meta: ['BN 训练和测试的区别', '难度 2', '单选'],
  text: [
    '在 **BatchNorm** 中,给定一个小批量 $x_1,\\ldots,x_m$,其均值为 $\\mu_{\\text{batch}}=\\frac{1}{m}\\sum_i x_i$,方差为 $\\sigma^2$。当 $\\epsilon=10^{-5}$ 时,归一化后的 $\\hat{x}_i$ 是下列哪一项?其中 $\\gamma,\\beta$ 可学习。',
    '',
    '$$\\hat{x}_i=\\frac{x_i-\\mu_{\\text{batch}}}{\\sqrt{\\sigma_{\\text{batch}}^2+\\epsilon}}$$',
    '',
    '- 设 `momentum=0.1`,训练共 **3** 步;',
    '- 推理时 `model.eval()`。',
  ].join('\n'),
  options: [
    { key: 'A', text: '只在训练时使用 $\\mu_{\\text{batch}}$' },
    { key: 'B', text: '参数量为 $V\\times E$,即 $|\\mathcal{V}|\\cdot d_{\\text{model}}$' },
    {
      key: 'C',
      text: '梯度 $\\nabla_\\theta L(\\theta)=0$ 时停止,否则继续用滑动平均更新直到收敛为止,再重新估计一次方差',
    },
    { key: 'D', text: '$$\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}$$' },
  ],
  footer: '来源:arXiv:1502.03167 §3.1',
};

export const lesson: QuestionData = {
  title: 'Normalisation in two minutes',
  text: [
    '### What changes at inference',
    'Training uses the *batch* statistics; inference uses the **running** ones, so the output of one example no longer depends on its neighbours. A price like \\$5 stays a price.',
    '',
    '| | BatchNorm | LayerNorm | RMSNorm |',
    '|---|---|---|---|',
    '| axes | batch, space | features | features |',
    '| centre | $\\mu_B$ | $\\mu$ | none |',
    '| inference | running statistics, fixed after training | same as training | same as training |',
    '| formula | $\\frac{x-\\mu_B}{\\sqrt{\\sigma_B^2+\\epsilon}}$ | $\\frac{x-\\mu}{\\sigma}$ | $\\frac{x}{\\mathrm{RMS}(x)}$ |',
    '',
    '1. Count the steps.',
    '2. Update: $r\\leftarrow(1-\\alpha)r+\\alpha\\mu_B$',
    '',
    '> Bessel: the running variance is the unbiased one.',
    '',
    '```py',
    'model.eval()   # running statistics',
    'y = model(x)',
    '```',
    'Long: $$\\mathrm{GELU}(x)=0.5x\\left(1+\\tanh\\left[\\sqrt{2/\\pi}\\,(x+0.044715x^3)\\right]\\right)\\approx x\\,\\sigma(1.702x)=\\frac{x}{1+e^{-1.702x}}$$',
  ].join('\n'),
};
