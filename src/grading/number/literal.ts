import { isHanMagnitude, magnitudeExponent } from './magnitude.ts';
import { advance, current, fail, isSymbol, type Operand, type Parser, result } from './parser.ts';
import { readToken, type Token } from './tokens.ts';

/** A literal, a mixed number, groups behind spaces, or a number with a magnitude. */
export const literal = (p: Parser): Operand => {
  const first = advance(p);
  const next = p.token;
  const inGroup = first.digits && first.text.length <= 3 && !first.text.startsWith('0');
  if (first.digits && next.kind === 'number' && next.gap) {
    const isGroup = inGroup && /^\d{3}(\.\d*)?$/.test(next.text);
    if (next.digits && isDivisionByDigits(p)) {
      return isGroup ? fail(p, 'mixed-number', next.at) : mixed(p, first);
    }
    if (isGroup) return groups(p, first);
  }
  if (next.text === '又' && first.digits) {
    advance(p);
    return mixed(p, first);
  }
  if (next.text === '分之') {
    advance(p);
    if (current(p).kind !== 'number') return fail(p, 'incomplete', p.token.at);
    const over = advance(p);
    return result(p, over.value / first.value, `${over.text}/${first.text}`, first.at, 'mixed');
  }
  return scaled(p, first);
};

const isDivisionByDigits = (p: Parser): boolean => {
  const slash = readToken(p.text, p.token.end);
  return slash.text === '/' && readToken(p.text, slash.end).digits;
};

/** 1 000 000.5: groups of three behind spaces. */
const groups = (p: Parser, first: Token): Operand => {
  let digits = first.text;
  let { place } = first;
  while (
    p.token.kind === 'number' &&
    p.token.gap &&
    /^\d{3}(\.\d*)?$/.test(p.token.text) &&
    !digits.includes('.')
  ) {
    const group = advance(p);
    digits += group.text;
    place = group.place;
  }
  return { value: Number(digits), text: digits, form: 'plain', place };
};

const mixed = (p: Parser, whole: Token): Operand => {
  if (!p.token.digits) return fail(p, 'mixed-number', p.token.at);
  const over = advance(p);
  let under: Token;
  let numerator = over;
  if (p.token.text === '分之') {
    // 1又2分之1
    advance(p);
    under = over;
    numerator = advance(p);
  } else {
    if (!isSymbol(p, '/')) return fail(p, 'mixed-number', p.token.at);
    advance(p);
    under = advance(p);
  }
  if (!under.digits || !numerator.digits || numerator.value >= under.value) {
    return fail(p, 'mixed-number', over.at);
  }
  const value = whole.value + numerator.value / under.value;
  return { value, text: `${whole.text} ${numerator.text}/${under.text}`, form: 'mixed', place: null };
};

/** A literal and its magnitude: 110M, 1.1亿, 1亿2000万. */
const scaled = (p: Parser, first: Token): Operand => {
  let value = first.value;
  let { text, place } = first;
  if (!Number.isFinite(value)) return fail(p, 'not-finite', first.at);
  let form: Operand['form'] = 'plain';
  let last = Infinity;
  let literal: Token = first;
  while (p.token.kind === 'word') {
    if (!p.token.gap && /^e$/i.test(p.token.text)) return fail(p, 'exponent', p.token.at);
    const exponent = magnitudeExponent(p.token.text);
    if (exponent === null) break;
    if (!(exponent < last)) return fail(p, 'magnitude', p.token.at);
    const magnitude = advance(p);
    const amount =
      literal.text.includes('e') || literal.text.includes('E')
        ? literal.value * 10 ** exponent
        : Number(`${literal.text}e${exponent}`);
    value = form === 'plain' ? amount : value + amount;
    text = form === 'plain' ? `${literal.text}${magnitude.text}` : `${text}${literal.text}${magnitude.text}`;
    place = literal.place + exponent;
    form = 'magnitude';
    last = exponent;
    const next = current(p);
    if (next.kind !== 'number' || next.gap || !isHanMagnitude(magnitude.text)) break;
    literal = advance(p);
    const isCompound = isHanMagnitude(p.token.text) && literal.digits && first.digits;
    if (!isCompound) return fail(p, 'magnitude', literal.at);
  }
  return Number.isFinite(value) ? { value, text, form, place } : fail(p, 'not-finite', first.at);
};
