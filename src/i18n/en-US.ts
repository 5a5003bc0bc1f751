import type { Messages } from './zh-CN.ts';

const plural = new Intl.PluralRules('en-US');

const count = (n: number, one: string, other: string) => `${n} ${plural.select(n) === 'one' ? one : other}`;

export const enUS: Messages = {
  kinds: {
    choice: 'single choice',
    multi: 'multiple choice',
    numeric: 'numeric',
    vector: 'vector',
    matrix: 'matrix',
    formula: 'formula',
    order: 'ordering',
    short: 'short answer',
    open: 'open question',
  },
  outcomes: { correct: 'Correct', partial: 'Partly right', wrong: 'Not right' },
  level: (level) => `level ${'★'.repeat(level)}${'☆'.repeat(5 - level)}`,
  points: (points) => count(points, 'point', 'points'),
  list: (items) => items.join(', '),
  quote: (text) => `“${text}”`,

  daily: {
    title: (date) => `Daily question · ${date}`,
    invitation:
      'Press Answer to begin. Only you see your answer; the order of the options and the numbers are your own.',
    closes: (when) => `closes ${when}`,
    closed: 'closed',
    answered: (n) =>
      n === 0 ? 'nobody has answered yet' : `${count(n, 'person has', 'people have')} answered`,
    answer: 'Answer',
    practise: 'Practise it (no points)',
    late: 'This question has closed: you can practise it, but it earns no points and does not count for your streak.',
    noneYet: 'No daily question has been posted in this server yet.',
    noServer: 'I do not know yet which server you answer in. Use /daily in a server once.',
    notSetUp:
      'The daily question is not set up in this server. Ask an admin to choose a channel and a time with /settings daily.',
    next: (when) => `Next question: ${when}`,
    gone: 'This daily question is no longer on record. Use /daily for the newest one.',
    distribution: 'How it was answered',
    nobody: 'Nobody answered this one.',
    topMistakes: 'Common mistakes',
    explanation: 'Explanation',
    example: 'The explanation uses one example set of numbers.',
    streaks: (names) => `Streaks: ${names}`,
    streakOf: (name, days) => `${name} ${count(days, 'day', 'days')}`,
  },

  ask: {
    yourNumbers: 'the numbers are your own',
    hint: 'Hint (costs some points)',
    hintIs: 'Hint',
    type: 'Type your answer',
    submitOrder: 'Press the steps in the right order',
    undo: 'Undo',
    chosenSoFar: 'Order so far',
    pickSome: 'Choose every correct option',
    modalTitle: 'Your answer',
    modalLabel: 'Your answer',
    forms: {
      choice: 'Choose one',
      multi: 'Choose every correct option: right ones add, wrong ones subtract',
      numeric: 'Type a number, such as 0.58, 5.8e-1, 29/50 or 58%',
      vector: 'Type a vector, such as 0.1, 0.2, 0.7 or [0.1 0.2 0.7]',
      matrix: 'Type a matrix, such as [1 2; 3 4], with a semicolon between rows',
      formula: 'Type a formula, such as exp(z_i)/sum(exp(z)), or LaTeX',
      order: 'Press the steps in the right order',
      short: 'Type a word or a phrase',
      open: 'Answer as in an interview: the main points in a few sentences',
    },
    unit: (unit) => `in ${unit}`,
    variables: (names) => `Variables you can use: ${names}`,
    tolerance: {
      decimals: (digits) => `${count(digits, 'decimal', 'decimals')}, rounded or truncated`,
      significant: (digits) =>
        `${count(digits, 'significant digit', 'significant digits')}, rounded or truncated`,
      within: (amount) => `within ${amount}`,
    },
    confidence: { none: 'Confidence: not given', sure: 'Confidence: sure', unsure: 'Confidence: unsure' },
    gone: 'This question can no longer be found; its data may have been deleted. Use /quiz for another.',
    notYours: 'This question was put to somebody else. Use /quiz for one of your own.',
    already: 'You have answered this one already. Here is how it went.',
    changed: 'This question has just been revised. Please answer the new version.',
    none: 'No question fits. Try another topic, level or kind.',
    allSeen: 'You have seen everything that fits lately; this is the one you saw longest ago.',
  },

  verdict: {
    points: (points) => `+${count(points, 'point', 'points')}`,
    noPoints: {
      late: 'closed: no points',
      open: 'open questions earn no points',
      repeat: 'seen before: no points until it is due for review',
    },
    score: (score) => `score ${score}`,
    reading: (reading) => `Read as: ${reading}`,
    yours: (answer) => `Your answer: ${answer}`,
    key: (answer) => `Correct answer: ${answer}`,
    whyWrong: 'What went wrong',
    explanation: 'Explanation',
    sources: 'Sources',
    followUps: 'What an interviewer may ask next',
    share: 'Share',
    easy: 'Too easy',
    easyDone: (date) => `All right: see you on ${date}.`,
    easyLate: 'This card has been reviewed again since, so it stays as it is.',
    report: 'Report a problem',
    solution: 'Worked solution',
    topic: 'Explain the topic',
    another: 'Ask me another',
    noSolution: 'This question has nothing to compute; see the explanation.',
    solutionTitle: 'Step by step with your numbers',
    streak: (days) => `${days}-day streak`,
    keywordCheck:
      'This is only a keyword check: it cannot follow your argument, so compare the points with your answer yourself.',
    covered: 'Mentioned',
    missed: 'Not mentioned',
  },

  notes: {
    rounding: 'Right, but with too few digits: in an interview, give the precision that was asked for.',
    sign: 'Only the sign is off.',
    powerOfTen: (exponent) => `Off by a factor of 10^${exponent}.`,
    length: (got, want) => `It should have ${count(want, 'entry', 'entries')}; you gave ${got}.`,
    shape: (got, want) => `The matrix should be ${want}; yours is ${got}.`,
    domain: 'Your formula is undefined somewhere in the allowed range.',
    misplaced: (step, position) => `It goes wrong at step ${position}: ${step}`,
    empty: 'There was no answer to read.',
    outOfRange: 'There is no such option.',
    at: (position) => `(character ${position})`,
    reasons: {
      'decimal-comma': 'The comma is ambiguous: write decimals with a point (0.58) and groups as 1,000.',
      grouping: 'The grouping is off: groups have three digits, as in 1,000,000.',
      'implicit-product': 'The missing multiplication is ambiguous: write * and brackets, as in 1/(2*pi).',
      'mixed-number':
        'This could be a mixed number or something else: write a decimal or a fraction such as 3/2.',
      percent: 'The percent sign is ambiguous: write 58% or 0.58.',
      'power-tower': 'Stacked powers are ambiguous: add brackets, as in 2^(3^2).',
      'lost-exponent': 'An exponent seems to be lost: write 5.8e-1 or 5.8*10^-1.',
      exponent: 'This could be Euler’s number or an unfinished exponent: write exp(1) or 5e3.',
      magnitude: 'The magnitude is ambiguous: write 110M, 1.1e8 or the full number.',
      unit: 'The unit is ambiguous: use the one the question asks for.',
      spaces: 'The spaces are ambiguous: put commas between the numbers.',
      steps: 'Use every step, and each only once.',
      type: 'This question does not take that sort of answer.',
      'too-long': 'That is too long; please shorten it.',
      'too-deep': 'The brackets are nested too deeply; please simplify it.',
      'too-complex': 'That is too complex; please simplify it.',
      character: 'There is a character that means nothing here.',
      incomplete: 'It is unfinished: a number or a name should follow.',
      bracket: 'The brackets do not match.',
      operator: 'An operator is missing between two numbers.',
      signs: 'Two signs in a row: please use brackets.',
      word: 'There is an unknown word: only numbers, pi, e and functions such as sqrt, exp and ln are read.',
      'not-finite': 'The result is not a finite number.',
      equation: 'Write only the result, not an equation.',
      comparison: 'Write one number, not a comparison.',
      range: 'Write one number, not a range.',
      list: 'Only one number is wanted.',
      'wrong-unit': 'That unit does not fit: use the one the question asks for.',
      entry: 'An entry is missing.',
      ragged: 'The rows have different lengths.',
      undeclared: 'It uses a name that the question does not have.',
      function: 'It uses a function that is not offered.',
      arguments: 'A function has the wrong arguments.',
      index: 'An index is off: they start at 1 and end at the length.',
      syntax: 'The formula is not well formed.',
      precision: 'Its terms cancel so badly that it cannot be computed reliably: write it another way.',
    },
    allowed: (names) => `You can use: ${names}`,
  },

  invalid: {
    title: 'I could not read that, so it does not count',
    typed: (text) => `You wrote: ${text}`,
    again: 'Mend it',
  },

  share: {
    title: (name, date) => `${name} answered the daily question of ${date}`,
    streak: (days) => `${days}-day streak`,
  },

  review: {
    modes: { due: 'due', wrong: 'answered wrong', topic: 'by topic' },
    left: (today, backlog) => `${today} due today, ${backlog} from before`,
    none: {
      due: 'Nothing is due for review today.',
      wrong: 'You have no wrong answers to go over.',
      topic: 'You have not answered a question on this topic yet.',
    },
    capped: (cap) => `You have reviewed ${cap} questions today, which is plenty. More tomorrow.`,
    ahead: 'The next 14 days',
    needTopic: 'Please choose a topic.',
    next: 'Next',
  },

  report: {
    title: 'Report a problem',
    label: 'What is wrong',
    noted: 'Noted, thank you. The admins will see it.',
    already: 'You have reported this question already; it is waiting to be looked at.',
    unknown: 'There is no such question. Pick one that you have answered from the suggestions.',
    queue: 'Reported questions',
    empty: 'No reports are waiting.',
    count: (n) => count(n, 'report', 'reports'),
    resolve: 'Resolved',
    hide: 'Hide in this server',
    resolved: 'Marked as resolved.',
    hidden: 'This question will not be asked in this server again.',
  },

  explain: {
    unknown: (query) => `I found nothing for “${query}”. Pick a topic from the suggestions.`,
    errata: 'Corrections to the notes',
    erratum: (notes, right) => `The notes say: ${notes} What is right: ${right}`,
    practise: 'Practise this topic',
    questions: (n) => `This topic has ${count(n, 'question', 'questions')}`,
    page: (page, pages) => `page ${page} of ${pages}`,
    notAnswered: 'Answer this question first; then you can see its explanation.',
  },

  leaderboard: {
    scopes: { server: 'this server', global: 'global' },
    periods: { day: 'today', week: 'this week', month: 'this month', all: 'all time' },
    by: { points: 'points', streak: 'streak', accuracy: 'accuracy' },
    title: (scope, period, by) => `Leaderboard · ${scope} · ${period} · ${by}`,
    empty: 'Nobody is on it yet. One /quiz will do.',
    row: (points, answered, accuracy) =>
      `${count(points, 'point', 'points')} · ${count(answered, 'answer', 'answers')} · ${accuracy}`,
    streakRow: (days) => count(days, 'day', 'days'),
    you: (rank, size) => `You are number ${rank} of ${size}`,
    youAreNot: 'You are not on it yet.',
    optIn: 'The global board shows only people who joined it. Join with /me global:True.',
    minimum: (n) => `The accuracy board starts at ${count(n, 'answer', 'answers')}.`,
    serverOnly:
      'A server’s board is shown in the server. Here you can see the global one: /leaderboard scope:global.',
    previous: 'Previous',
    next: 'Next',
    page: (page, pages) => `page ${page} of ${pages}`,
    someone: 'a learner',
  },

  progress: {
    title: (name) => `Progress of ${name}`,
    nothing: 'No answers yet. Start with /quiz.',
    hidden: 'This member keeps their progress private.',
    totals: (answered, right, points) =>
      `${count(answered, 'answer', 'answers')}, ${right} fully right, ${count(points, 'point', 'points')}`,
    streak: (current, longest, freezes) =>
      `Streak ${count(current, 'day', 'days')}, longest ${longest}, ${count(freezes, 'freeze', 'freezes')} in hand`,
    due: (n) => `${count(n, 'question is', 'questions are')} due for review today`,
    topics: 'By topic',
    topic: (title, answered, accuracy) =>
      `${title}: ${count(answered, 'answer', 'answers')}, ${accuracy} right`,
    days: 'The last 14 days',
    weakest: (title) => `Most worth practising: ${title}`,
    practise: 'Practise my weakest topic',
  },

  compute: {
    unknown: (name) => `There is no operation “${name}”. Pick one from the suggestions.`,
    form: 'Inputs',
    example: 'Example',
    howTo:
      'Write each input as name = value, separated by semicolons; a matrix as [1 2; 3 4], a vector as 1, 2, 3, and null where there is none.',
    failed: (path, got, want) => `Input ${path} is not right: read ${got}, want ${want}.`,
    missing: (name) => `Input ${name} is missing.`,
    unreadable: (part) => `I could not read this part: ${part}. Write it as name = value.`,
    result: 'Result',
    steps: 'Steps',
  },

  settings: {
    title: 'Server settings',
    channel: (channel) => `Channel: ${channel}`,
    time: (time, zone) => `Time: daily at ${time} (${zone})`,
    language: (language) => `Language: ${language}`,
    role: (role) => `Role to ping: ${role}`,
    topics: (topics) => `Topics: ${topics}`,
    levels: (levels) => `Levels: ${levels}`,
    season: (season) => `Season: ${season}`,
    none: 'none',
    all: 'all',
    notSet: 'not set',
    paused: 'paused',
    running: 'running',
    state: (state) => `State: ${state}`,
    next: (when) => `Next question: ${when}`,
    saved: 'Saved.',
    badTime: (text) => `I could not read “${text}” as a time. Write it as 09:00, on the 24-hour clock.`,
    badZone: (text) =>
      `There is no time zone “${text}”. Try a city, such as London, or a name such as Europe/London.`,
    badTopic: (text) => `There is no topic “${text}”. Pick one from the suggestions.`,
    badLevels: (text) => `I could not read “${text}” as levels. Write 1-5 or 2,3.`,
    needDaily: 'The daily question is not set up: choose a channel and a time with /settings daily first.',
    missingPermissions: (channel, permissions) =>
      `I lack permissions in ${channel}: ${permissions}. Allow them under the channel’s Permissions, then try again.`,
    channelGone: 'The channel that was set is gone. Choose another with /settings daily.',
    allGood: (channel) => `I have every permission I need in ${channel}.`,
    serverOnly: 'Please use this command in a server.',
    pausedNow: 'The daily question is paused. Use /settings pause again to resume.',
    resumedNow: 'The daily question is running again.',
    newSeason: (season) =>
      `Season ${season} has begun: the all-time board counts afresh, and the history is kept.`,
    postingFails: (server, channel, reason) =>
      `I could not post the daily question in ${channel} of ${server}: ${reason}. I keep trying; /settings check shows what to fix.`,
  },

  permissions: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
    ReadMessageHistory: 'Read Message History',
  },

  me: {
    title: 'My settings',
    language: (language) => `Language: ${language}`,
    zone: (zone) => `Time zone: ${zone}`,
    global: (on) => `Global leaderboard: ${on ? 'taking part' : 'not taking part'}`,
    progress: (on) => `Progress: ${on ? 'others can see it' : 'only I can see it'}`,
    followsDiscord: 'as in Discord',
    followsServer: 'as in the server',
    confidence: (on) => `Ask how sure I am before I answer: ${on ? 'yes' : 'no'}`,
    saved: 'Saved.',
  },

  privacy: {
    title: 'What is stored about you',
    what: 'Your Discord id and display name, your settings, each answer (the question, what you answered, the score, the time), the points, review cards and streaks derived from them, and the reports you made. No message contents, nothing about other servers.',
    counts: (attempts, cards, reports) =>
      `Right now: ${count(attempts, 'answer', 'answers')}, ${count(cards, 'review card', 'review cards')}, ${count(reports, 'report', 'reports')}.`,
    confirm: 'This deletes everything about you at once, leaderboards included. It cannot be undone.',
    exported: 'This is everything stored about you.',
    delete: 'Delete for good',
    cancel: 'Cancel',
    deleted: 'Everything about you has been deleted.',
    kept: 'Nothing was deleted.',
    nothing: 'Nothing is stored about you.',
  },

  help: {
    title: 'Epoch: training for LLM and deep-learning interviews',
    start:
      'One question a day, and as much practice as you want. Numbers, vectors and formulas are graded by computation, and solutions use your own numbers.',
    commands: (names) =>
      [
        `${names.daily} today’s question`,
        `${names.quiz} practise, by topic, level or kind if you like`,
        `${names.review} go over what is due, what you got wrong, or a topic\n${names.explain} a topic as you would explain it in two minutes`,
        `${names.compute} run an operation with your numbers and see each step`,
        `${names.leaderboard} the leaderboard`,
        `${names.progress} how you are doing`,
        `${names.me} language, time zone and what others may see`,
        `${names.report} tell the admins when a question is wrong`,
        `${names.privacy} see what is stored, take it with you, or delete it all`,
      ].join('\n'),
    rules:
      'An answer that cannot be read does not count. The first answer to each question scores level × 10 × score. Answering the daily builds a streak; every 7 days earn a freeze, which covers a missed day by itself.',
    admins: (settings) =>
      `Admins: ${settings} chooses the channel and time, and that is all it takes; /settings check verifies my permissions; /reports is the queue of reported questions.`,
  },

  errors: {
    unexpected: (id) =>
      `Something went wrong. Your answer is neither lost nor counted twice. Please try again; if it persists, give an admin the id ${id}.`,
    unknownButton:
      'This button is from an older version and no longer works. Start again with /daily or /quiz.',
    notAllowed: 'This command needs the Manage Server permission.',
    notForYou: 'This message is not yours. Use the command to get your own.',
    unknownTopic: (topic) => `There is no topic “${topic}”. Pick one from the suggestions.`,
  },

  languages: { 'zh-CN': '简体中文', 'en-US': 'English' },
};
