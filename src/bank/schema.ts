import { z } from 'zod';

/** Longest texts in characters, so that a message keeps within Discord's 4000 with room for what surrounds it. */
const limits = {
  prompt: 2400,
  option: 300,
  short: 600,
  explanation: 2400,
  lesson: 8000,
  erratum: 800,
};

const line = (max: number) => z.string().trim().min(1).max(max);

const text = (max: number) =>
  z
    .strictObject({ 'zh-CN': line(max), 'en-US': line(max) })
    .meta({ description: 'Markdown with $inline$ and $$display$$ LaTeX; {{expression}} prints a value.' });

const expression = z
  .string()
  .min(1)
  .max(500)
  .meta({ description: 'An expression in mathjs syntax; lists are indexed from 1.' });
const identifier = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'want letters, digits and _, a letter first');
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'want lower-case words joined by -');
const erratumId = z.string().regex(/^E\d\d$/, 'want an erratum such as E02');

const bound = z.union([z.number(), expression]);
const range = z.tuple([bound, bound]);

type Literal = number | string | boolean | Literal[] | { [name: string]: Literal };
const literal: z.ZodType<Literal> = z.lazy(() =>
  z.union([z.number(), z.string(), z.boolean(), z.array(literal), z.record(identifier, literal)]),
);

/** How one parameter is drawn. Bounds and lengths are numbers or expressions over the parameters before it. */
export type Param =
  | { int: [number | string, number | string]; step?: number | undefined }
  | { decimal: [number | string, number | string]; step: number }
  | { one: Literal[] }
  | {
      list: {
        of: Param;
        length: number | string | [number | string, number | string];
        distinct?: boolean | undefined;
      };
    };

const param: z.ZodType<Param> = z.lazy(() =>
  z.union([
    z.strictObject({ int: range, step: z.int().positive().optional() }),
    z.strictObject({ decimal: range, step: z.number().positive() }),
    z.strictObject({ one: z.array(literal).min(1) }),
    z.strictObject({
      list: z.strictObject({ of: param, length: z.union([bound, range]), distinct: z.boolean().optional() }),
    }),
  ]),
);

type Input = number | string | boolean | null | Input[];
const input: z.ZodType<Input> = z.lazy(() =>
  z.union([
    z.number().or(z.literal([Infinity, -Infinity])),
    z.string(),
    z.boolean(),
    z.null(),
    z.array(input),
  ]),
);

const computation = {
  operation: z.string().min(1).meta({ description: 'The name of a compute operation.' }),
  input: z.record(z.string(), input).meta({
    description: 'A string that starts with $ is an expression; everything else is taken as it stands.',
  }),
  output: z
    .string()
    .regex(/^\w+(\[-?\d+\])*$/, 'want an output and indices from 0, such as runningMean[-1][0]')
    .meta({ description: 'An output and indices from 0; negative ones count from the end.' }),
};

const tolerance = {
  decimals: z.int().min(0).max(10).optional(),
  significant: z.int().min(1).max(12).optional(),
  relative: z.number().positive().max(0.2).optional(),
  absolute: z.number().positive().optional(),
};

const mistakeId = slug.max(60);
const mistake = z.strictObject({
  id: mistakeId,
  value: z.union([z.number(), expression, z.strictObject(computation)]),
  when: expression.optional(),
  says: text(limits.short),
});

const common = {
  level: z.int().min(1).max(5),
  tags: z.array(slug).min(1).max(8),
  errata: z.array(erratumId).min(1).optional(),
  template: z
    .string()
    .regex(/^N\d\d$/, 'want a template such as N03')
    .optional(),
  params: z.record(identifier, param).optional(),
  let: z.record(identifier, expression).optional(),
  where: z.array(expression).min(1).optional(),
  prompt: text(limits.prompt),
  hint: text(limits.short).optional(),
  explanation: text(limits.explanation),
  followUps: z.array(text(limits.option)).min(1).max(5).optional(),
  sources: z.array(line(300)).min(1).max(8),
};

const option = z
  .strictObject({
    text: text(limits.option),
    correct: z.literal(true).optional(),
    says: text(limits.short).optional(),
  })
  .refine((option) => option.correct === true || option.says !== undefined, {
    path: ['says'],
    message: 'missing: every wrong option says why it is wrong',
  });

const rightOptions = (options: readonly { correct?: true | undefined }[]) =>
  options.filter((option) => option.correct === true).length;

const computed = {
  answer: z.strictObject({ ...computation, ...tolerance }),
  mistakes: z.array(mistake).optional(),
};

const domain = z
  .strictObject({
    min: z.number(),
    max: z.number(),
    integer: z.boolean().optional(),
    length: z.int().min(1).max(8).optional(),
  })
  .refine((domain) => domain.min < domain.max, { path: ['max'], message: 'want more than min' });

/** One question file. */
export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('choice'),
    ...common,
    options: z
      .array(option)
      .min(2)
      .max(6)
      .refine((options) => rightOptions(options) === 1, 'want exactly one option with correct: true'),
  }),
  z.strictObject({
    kind: z.literal('multi'),
    ...common,
    options: z
      .array(option)
      .min(3)
      .max(8)
      .refine((options) => rightOptions(options) >= 1, 'want at least one option with correct: true')
      .refine((options) => rightOptions(options) < options.length, 'want at least one wrong option'),
  }),
  z.strictObject({
    kind: z.literal('numeric'),
    ...common,
    ...computed,
    answer: computed.answer.extend({ unit: line(12).optional() }),
  }),
  z.strictObject({ kind: z.literal('vector'), ...common, ...computed }),
  z.strictObject({ kind: z.literal('matrix'), ...common, ...computed }),
  z.strictObject({
    kind: z.literal('formula'),
    ...common,
    answer: z.strictObject({ expression: line(256), variables: z.record(identifier, domain) }),
    mistakes: z
      .array(z.strictObject({ id: mistakeId, expression: line(256), says: text(limits.short) }))
      .optional(),
  }),
  z.strictObject({
    kind: z.literal('order'),
    ...common,
    steps: z
      .array(z.strictObject({ id: slug.max(40), text: text(limits.option) }))
      .min(3)
      .max(8),
  }),
  z.strictObject({ kind: z.literal('short'), ...common, accept: z.array(line(80)).min(1) }),
  z.strictObject({
    kind: z.literal('open'),
    ...common,
    rubric: z
      .array(z.strictObject({ point: text(limits.option), phrases: z.array(line(60)).min(1) }))
      .min(2)
      .max(10),
  }),
]);

/** A topic.yaml: a heading of the notes, what /explain says about it, and where the notes are wrong. */
export const topicSchema = z.strictObject({
  order: z.int().min(1),
  title: text(80),
  lesson: text(limits.lesson),
  errata: z
    .array(
      z.strictObject({
        id: erratumId,
        notes: text(limits.erratum),
        right: text(limits.erratum),
        source: line(300),
      }),
    )
    .optional(),
});

export type QuestionContent = z.infer<typeof questionSchema>;
export type TopicContent = z.infer<typeof topicSchema>;
export type Kind = QuestionContent['kind'];
export type Computation = z.infer<z.ZodObject<typeof computation>>;

/** A question whose answer is computed from its draw. */
export type Computed = Extract<QuestionContent, { kind: 'numeric' | 'vector' | 'matrix' }>;

export const isComputed = (content: QuestionContent): content is Computed =>
  content.kind === 'numeric' || content.kind === 'vector' || content.kind === 'matrix';

export const kinds = questionSchema.options.map((option) => option.shape.kind.value);

/** The two file formats for editors (JSON Schema 2020-12). */
export const jsonSchemas = () => ({
  question: z.toJSONSchema(questionSchema, { io: 'input' }),
  topic: z.toJSONSchema(topicSchema, { io: 'input' }),
});
