import type { Expression } from './expression.ts';

const strength = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 } as const;

/** In mathjs syntax, with no more brackets than needed: how a formula was read. */
export const printExpression = (expression: Expression): string => print(expression, 0);

const print = (expression: Expression, outer: number): string => {
  switch (expression.kind) {
    case 'number':
      return printNumber(expression.value);
    case 'name':
      return expression.name;
    case 'entry':
      return `${expression.name}_${expression.index}`;
    case 'negative':
      return wrap(`-${print(expression.of, 3)}`, outer > 1);
    case 'binary': {
      const { operator, left, right } = expression;
      const own = strength[operator];
      const sign = operator === '^' ? '^' : ` ${operator} `;
      const inner = operator === '^' ? [own + 1, own] : [own, own + 1];
      const text = `${print(left, inner[0]!)}${sign}${print(right, inner[1]!)}`;
      return wrap(text, own < outer);
    }
    case 'call':
      return `${expression.name === 'log' ? 'ln' : expression.name}(${print(expression.of, 0)})`;
    case 'list':
      return `[${expression.entries.map((each) => print(each, 0)).join(', ')}]`;
    case 'fold':
      return `${expression.name}(${expression.of.map((each) => print(each, 0)).join(', ')})`;
    default: {
      const { name, index, from, to, of } = expression;
      const bounds = from === 1 && to === null ? index : `{${index}=${from}..${to ?? ''}}`;
      return `${name}_${bounds}(${print(of, 0)})`;
    }
  }
};

const wrap = (text: string, needed: boolean): string => (needed ? `(${text})` : text);

const printNumber = (value: number): string => {
  if (value === Math.PI) return 'π';
  return value === Math.E ? 'e' : String(value);
};
