import type { Reason } from '../grading/index.ts';

/** The source of every text a person reads. Functions take what varies; figures come in already formatted. */
export const zhCN = {
  kinds: {
    choice: '单选',
    multi: '多选',
    numeric: '数值',
    vector: '向量',
    matrix: '矩阵',
    formula: '公式',
    order: '排序',
    short: '简答',
    open: '开放题',
  },
  outcomes: { correct: '答对了', partial: '部分正确', wrong: '答错了' },
  level: (level: number) => `难度 ${'★'.repeat(level)}${'☆'.repeat(5 - level)}`,
  points: (points: number) => `${points} 分`,
  list: (items: readonly string[]) => items.join('、'),
  quote: (text: string) => `「${text}」`,

  daily: {
    title: (date: string) => `每日一题 · ${date}`,
    invitation: '点「作答」开始。答案只有你自己看得到;选项顺序和数字也是你专属的。',
    closes: (when: string) => `${when}截止`,
    closed: '已截止',
    answered: (count: number) => (count === 0 ? '还没有人作答' : `已有 ${count} 人作答`),
    answer: '作答',
    practise: '补做(不计分)',
    late: '这道题已经截止:可以练习,但不计分,也不计入连续天数。',
    noneYet: '这个服务器还没有发布过每日一题。',
    noServer: '我还不知道你在哪个服务器答题。请先在服务器里用一次 /daily。',
    notSetUp: '这个服务器还没有设置每日一题。请管理员用 /settings daily 设置频道和时间。',
    next: (when: string) => `下一题:${when}`,
    gone: '这道每日一题已经不在记录里了。用 /daily 看最新的一题。',
    distribution: '答题分布',
    nobody: '这次没有人作答。',
    topMistakes: '常见错误',
    explanation: '讲解',
    example: '以下讲解用的是一组示例数字。',
    streaks: (names: string) => `连续答题:${names}`,
    streakOf: (name: string, days: number) => `${name} ${days} 天`,
  },

  ask: {
    yourNumbers: '数字是你专属的',
    hint: '提示(少得一些分)',
    hintIs: '提示',
    type: '填写答案',
    submitOrder: '按正确顺序依次点选',
    undo: '撤销',
    chosenSoFar: '已选顺序',
    pickSome: '选出所有正确的选项',
    modalTitle: '填写答案',
    modalLabel: '你的答案',
    forms: {
      choice: '选一个',
      multi: '选出所有正确的选项:选对加分,选错扣分',
      numeric: '填一个数,如 0.58、5.8e-1、29/50、58%',
      vector: '填一个向量,如 0.1, 0.2, 0.7 或 [0.1 0.2 0.7]',
      matrix: '填一个矩阵,如 [1 2; 3 4],分号换行',
      formula: '填一个公式,如 exp(z_i)/sum(exp(z)),也可以写 LaTeX',
      order: '按正确顺序依次点选',
      short: '填一个词或短语',
      open: '像面试那样回答,几句话讲清要点',
    },
    unit: (unit: string) => `单位 ${unit}`,
    variables: (names: string) => `可用的变量:${names}`,
    tolerance: {
      decimals: (digits: number) => `保留 ${digits} 位小数,四舍五入或截断都算对`,
      significant: (digits: number) => `保留 ${digits} 位有效数字,四舍五入或截断都算对`,
      within: (amount: string) => `允许误差 ${amount}`,
    },
    gone: '找不到这道题了,可能数据已被删除。用 /quiz 再来一题。',
    notYours: '这道题是出给别人的。用 /quiz 开一道自己的。',
    already: '这道题你已经答过了,下面是当时的结果。',
    changed: '这道题刚刚更新过,请按新的题面作答。',
    none: '没有符合条件的题目。换个主题、难度或题型试试。',
    allSeen: '符合条件的题你最近都做过了,这是最久没见的一道。',
  },

  verdict: {
    points: (points: number) => `+${points} 分`,
    noPoints: {
      late: '已截止,不计分',
      open: '开放题不计分',
      repeat: '做过的题,到复习时间前不重复计分',
    },
    score: (score: string) => `得分 ${score}`,
    reading: (reading: string) => `读作:${reading}`,
    yours: (answer: string) => `你的答案:${answer}`,
    key: (answer: string) => `正确答案:${answer}`,
    whyWrong: '错在哪里',
    explanation: '讲解',
    sources: '出处',
    followUps: '面试官可能追问',
    solution: '解题过程',
    topic: '讲讲这个主题',
    another: '再来一题',
    noSolution: '这道题没有计算过程,请看讲解。',
    solutionTitle: '用你的数字一步步算',
    streak: (days: number) => `连续答题 ${days} 天`,
    keywordCheck: '这只是关键词检查:它看不懂你的论证,请对照要点自己判断。',
    covered: '提到了',
    missed: '没提到',
  },

  notes: {
    rounding: '对了,但位数给少了:面试时按要求的精度写。',
    sign: '只差一个符号。',
    powerOfTen: (exponent: number) => `差了 10 的 ${exponent} 次方。`,
    length: (got: number, want: number) => `应该有 ${want} 个数,你写了 ${got} 个。`,
    shape: (got: string, want: string) => `矩阵应为 ${want},你写的是 ${got}。`,
    domain: '在允许的取值范围内,你的式子有的地方没有定义。',
    misplaced: (step: string, position: number) => `从第 ${position} 步开始不对:${step}`,
    empty: '没有读到答案。',
    outOfRange: '没有这个选项。',
    at: (position: number) => `(第 ${position} 个字符)`,
    reasons: {
      'decimal-comma': '逗号有歧义:小数请用点,如 0.58;千分位写成 1,000。',
      grouping: '分组写得不规范:千分位每三位一组,如 1,000,000。',
      'implicit-product': '省略的乘号有歧义:请写出 * 和括号,如 1/(2*pi)。',
      'mixed-number': '分不清是带分数还是别的:请写成小数或 3/2 这样的分数。',
      percent: '百分号有歧义:请写成 58% 或 0.58。',
      'power-tower': '连续的幂有歧义:请加括号,如 2^(3^2)。',
      'lost-exponent': '指数好像丢了:请写成 5.8e-1 或 5.8*10^-1。',
      exponent: '分不清是自然常数 e 还是没写完的指数:请写成 exp(1) 或 5e3。',
      magnitude: '数量级有歧义:请写成 110M、1.1亿 或完整的数字。',
      unit: '单位有歧义:请按题目要求的单位写。',
      spaces: '空格有歧义:请用逗号分开每个数。',
      type: '这道题不收这种答案。',
      steps: '每一步都要用到,而且只用一次。',
      'too-long': '太长了:请写短一些。',
      'too-deep': '括号套得太深:请写简单一些。',
      'too-complex': '式子太复杂:请化简。',
      character: '有看不懂的字符。',
      incomplete: '没写完:后面还缺一个数或名字。',
      bracket: '括号没有配对。',
      operator: '两个数之间缺少运算符。',
      signs: '正负号连在一起了:请加括号。',
      word: '有不认识的词:只认数字、pi、e 和 sqrt、exp、ln 等函数。',
      'not-finite': '算出来不是有限的数。',
      equation: '请只写结果,不要写等式。',
      comparison: '请写一个确定的数,不要写大于小于。',
      range: '请写一个数,不要写范围。',
      list: '这里只要一个数。',
      'wrong-unit': '单位不对:请按题目要求的单位写。',
      entry: '有一项是空的。',
      ragged: '每行的个数不一样。',
      undeclared: '用了题目里没有的名字。',
      function: '用了不支持的函数。',
      arguments: '函数的参数不对。',
      index: '下标不对:从 1 开始,不超过长度。',
      syntax: '式子写得不对。',
      precision: '式子里相减抵消得太厉害,算不准:请换一种写法。',
    } satisfies Record<Exclude<Reason, 'empty'>, string>,
    allowed: (names: string) => `可以用:${names}`,
  },

  invalid: {
    title: '没有读懂,这次不算作答',
    typed: (text: string) => `你写的是:${text}`,
    again: '改一改',
  },

  explain: {
    unknown: (query: string) => `没有找到「${query}」。从补全列表里选一个主题试试。`,
    errata: '笔记勘误',
    erratum: (notes: string, right: string) => `笔记写的是:${notes} 正确的是:${right}`,
    practise: '练这个主题',
    questions: (count: number) => `这个主题有 ${count} 道题`,
    page: (page: number, pages: number) => `第 ${page} / ${pages} 页`,
    notAnswered: '先答完这道题,才能看讲解。',
  },

  leaderboard: {
    scopes: { server: '本服务器', global: '全球' },
    periods: { day: '今天', week: '本周', month: '本月', all: '总榜' },
    by: { points: '积分', streak: '连续天数', accuracy: '正确率' },
    title: (scope: string, period: string, by: string) => `排行榜 · ${scope} · ${period} · ${by}`,
    empty: '还没有人上榜。用 /quiz 做一题就能上来。',
    row: (points: number, answered: number, accuracy: string) =>
      `${points} 分 · ${answered} 题 · ${accuracy}`,
    streakRow: (days: number) => `${days} 天`,
    you: (rank: number, size: number) => `你排第 ${rank} 名,共 ${size} 人`,
    youAreNot: '你还没有上榜。',
    optIn: '全球榜只显示自愿加入的人。用 /me global:是 加入。',
    minimum: (count: number) => `至少答 ${count} 题才计入正确率榜。`,
    serverOnly: '服务器榜要在服务器里看。这里可以看全球榜:/leaderboard scope:全球。',
    previous: '上一页',
    next: '下一页',
    page: (page: number, pages: number) => `第 ${page} / ${pages} 页`,
    someone: '一位学员',
  },

  progress: {
    title: (name: string) => `${name} 的进度`,
    nothing: '还没有答过题。用 /quiz 做第一题吧。',
    hidden: '这位成员没有公开进度。',
    totals: (answered: number, right: number, points: number) =>
      `答过 ${answered} 题,全对 ${right} 题,共 ${points} 分`,
    streak: (current: number, longest: number, freezes: number) =>
      `连续答题 ${current} 天,最长 ${longest} 天,保护卡 ${freezes} 张`,
    due: (count: number) => `今天该复习 ${count} 题`,
    topics: '各主题',
    topic: (title: string, answered: number, accuracy: string) =>
      `${title}:${answered} 题,正确率 ${accuracy}`,
    days: '最近 14 天',
    weakest: (title: string) => `最该练的主题:${title}`,
    practise: '练最薄弱的主题',
  },

  compute: {
    unknown: (name: string) => `没有「${name}」这个运算。从补全列表里选一个。`,
    form: '需要的输入',
    example: '例子',
    howTo: '每个输入写成 名字 = 值,用分号隔开;矩阵写成 [1 2; 3 4],向量写成 1, 2, 3,没有的写 null。',
    failed: (path: string, got: string, want: string) => `输入 ${path} 不对:读到 ${got},需要 ${want}。`,
    missing: (name: string) => `缺少输入 ${name}。`,
    unreadable: (part: string) => `看不懂这一段:${part}。请写成 名字 = 值。`,
    result: '结果',
    steps: '步骤',
  },

  settings: {
    title: '服务器设置',
    channel: (channel: string) => `频道:${channel}`,
    time: (time: string, zone: string) => `时间:每天 ${time}(${zone})`,
    language: (language: string) => `语言:${language}`,
    role: (role: string) => `提醒身份组:${role}`,
    topics: (topics: string) => `主题:${topics}`,
    levels: (levels: string) => `难度:${levels}`,
    season: (season: string) => `赛季:${season}`,
    none: '无',
    all: '全部',
    notSet: '未设置',
    paused: '已暂停',
    running: '进行中',
    state: (state: string) => `状态:${state}`,
    next: (when: string) => `下一题:${when}`,
    saved: '已保存。',
    badTime: (text: string) => `看不懂时间「${text}」。请写成 09:00 这样的 24 小时制。`,
    badZone: (text: string) => `没有「${text}」这个时区。写城市名试试,如 北京、Asia/Shanghai。`,
    badTopic: (text: string) => `没有「${text}」这个主题。从补全列表里选。`,
    badLevels: (text: string) => `看不懂难度「${text}」。请写成 1-5 或 2,3。`,
    needDaily: '还没有设置每日一题:先用 /settings daily 选频道和时间。',
    missingPermissions: (channel: string, permissions: string) =>
      `我在 ${channel} 缺少权限:${permissions}。请在频道设置的「权限」里给我打开,再试一次。`,
    channelGone: '设置的频道不见了,请用 /settings daily 重新选一个。',
    allGood: (channel: string) => `我在 ${channel} 的权限齐全。`,
    serverOnly: '请在服务器里使用这个命令。',
    pausedNow: '每日一题已暂停。再用一次 /settings pause 恢复。',
    resumedNow: '每日一题已恢复。',
    newSeason: (season: string) => `新赛季 ${season} 开始了,总榜重新计算;历史保留。`,
    postingFails: (server: string, channel: string, reason: string) =>
      `我没能在 ${server} 的 ${channel} 发布每日一题:${reason}。我会继续重试;请用 /settings check 检查权限。`,
  },

  permissions: {
    ViewChannel: '查看频道',
    SendMessages: '发送消息',
    EmbedLinks: '嵌入链接',
    AttachFiles: '上传文件',
    ReadMessageHistory: '读取消息历史',
  },

  me: {
    title: '我的设置',
    language: (language: string) => `语言:${language}`,
    zone: (zone: string) => `时区:${zone}`,
    global: (on: boolean) => `全球排行榜:${on ? '参加' : '不参加'}`,
    progress: (on: boolean) => `进度:${on ? '别人可以看' : '只有自己能看'}`,
    followsDiscord: '跟随 Discord',
    followsServer: '跟随服务器',
    saved: '已保存。',
  },

  privacy: {
    title: '我存了什么',
    what: '你的 Discord 编号和显示名、设置、每次作答(题目、你的答案、得分、时间)、由此得出的积分、复习卡片和连续天数,以及你提交的问题报告。没有消息内容,没有其他服务器的信息。',
    counts: (attempts: number, cards: number, reports: number) =>
      `现在有:作答 ${attempts} 次,复习卡片 ${cards} 张,报告 ${reports} 条。`,
    confirm: '这会立刻删除你的全部数据,排行榜上也不再有你。无法恢复。',
    delete: '永久删除',
    cancel: '取消',
    deleted: '已删除你的全部数据。',
    kept: '什么都没有删除。',
    nothing: '我没有存任何关于你的数据。',
  },

  help: {
    title: 'Epoch:LLM 与深度学习面试训练',
    start: '每天一题,想练多少练多少。数值、向量和公式都由程序判分,讲解用你自己的数字。',
    commands: (names: Record<HelpTopic, string>) =>
      [
        `${names.daily} 今天的题`,
        `${names.quiz} 随时练一题,可选主题、难度、题型`,
        `${names.explain} 看一个主题两分钟怎么讲`,
        `${names.compute} 用你的数字算一遍,看每一步`,
        `${names.leaderboard} 排行榜`,
        `${names.progress} 我的进度`,
        `${names.me} 语言、时区和隐私选项`,
        `${names.privacy} 看看存了什么,或全部删除`,
      ].join('\n'),
    rules:
      '没读懂的答案不算作答。每题第一次作答计分:难度 × 10 × 得分。每天答每日一题可以累积连续天数;每 7 天得一张保护卡,漏答一天时自动使用。',
    admins: (settings: string) =>
      `管理员:${settings} 选频道和时间,一条命令就能开始;/settings check 检查权限。`,
  },

  welcome: {
    again: '需要帮助请用 /help。',
  },

  errors: {
    unexpected: (id: string) =>
      `出了点问题,你的作答没有丢也没有重复计算。请再试一次;如果还不行,把编号 ${id} 告诉管理员。`,
    unknownButton: '这个按钮来自旧版本,已经不能用了。用 /daily 或 /quiz 重新开始。',
    notAllowed: '这个命令需要「管理服务器」权限。',
    notForYou: '这条消息不是给你的。用对应的命令开一份自己的。',
    unknownTopic: (topic: string) => `没有「${topic}」这个主题。从补全列表里选一个。`,
    slowDown: '太快了,喘口气再试。',
  },

  languages: { 'zh-CN': '简体中文', 'en-US': 'English' },
};

export type HelpTopic =
  | 'daily'
  | 'quiz'
  | 'explain'
  | 'compute'
  | 'leaderboard'
  | 'progress'
  | 'me'
  | 'privacy';

export type Messages = typeof zhCN;
