import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

interface Reason {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
}

/** What a schema's issue says to an author: one sentence for each place. */
export function reasonOf(issue: Issue, base: readonly PropertyKey[] = []): readonly Reason[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], reason: unknownKey(key) }));
    case 'invalid_union':
      return unionReasons(issue, path);
    case 'invalid_type':
      return [
        {
          path,
          reason: issue.message.includes('received undefined')
            ? 'missing'
            : `want ${article(issue.expected)}`,
        },
      ];
    case 'too_small':
      return [{ path, reason: size(issue.origin, 'at least', Number(issue.minimum)) }];
    case 'too_big':
      return [{ path, reason: size(issue.origin, 'at most', Number(issue.maximum)) }];
    case 'invalid_value':
      return [{ path, reason: `want ${issue.values.map(String).join(' or ')}` }];
    case 'invalid_key':
      return [{ path, reason: issue.issues.map(({ message }) => message).join('; ') }];
    default:
      return [{ path, reason: issue.message }];
  }
}

/** `{ en-US: first, so that … }` is two keys to YAML. */
const unknownKey = (key: string): string =>
  /^[\w-]+$/.test(key) ? 'unknown key' : 'unknown key: a text with a comma inside { } wants quotes';

/** Of a union the alternative that fits best, for the author meant that one; or what all of them want. */
function unionReasons(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: readonly PropertyKey[],
): readonly Reason[] {
  if ('options' in issue && Array.isArray(issue.options)) {
    return [{ path, reason: `want ${issue.options.join(', ')}` }];
  }
  const alternatives = issue.errors.map((issues) => issues.flatMap((inner) => reasonOf(inner, path)));
  const lacking = alternatives.map((reasons) =>
    reasons.find(({ reason }) => reason === 'missing')?.path.at(-1),
  );
  if (lacking.every((key) => key !== undefined)) {
    return [{ path, reason: `want one of ${lacking.map(String).join(', ')}` }];
  }
  if (
    alternatives.every(([first]) => first?.path.length === path.length && first.reason.startsWith('want '))
  ) {
    const wants = alternatives.map(([first]) => first!.reason.slice('want '.length));
    return [{ path, reason: `want ${[...new Set(wants)].join(' or ')}` }];
  }
  return alternatives.reduce((best, next) => {
    if (next.length !== best.length) return next.length < best.length ? next : best;
    return deepest(next) > deepest(best) ? next : best;
  });
}

const deepest = (reasons: readonly Reason[]): number =>
  Math.min(...reasons.map((reason) => reason.path.length));

const article = (type: string): string =>
  ({
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    object: 'keys and values',
    record: 'keys and values',
    array: 'a list',
    tuple: 'a pair [min, max]',
    boolean: 'true or false',
  })[type] ?? type;

const size = (origin: string, bound: string, count: number): string => {
  if (origin === 'string') return count === 1 ? 'empty' : `want ${bound} ${count} characters`;
  if (origin === 'array') return `want ${bound} ${count} of them`;
  return `want ${bound} ${count}`;
};
