/** Unicode's own superscripts, subscripts and alphabets, for the text twins of formulas. */

const pairs = (from: string, to: string): Map<string, string> => {
  const targets = Array.from(to);
  return new Map(Array.from(from).map((char, index) => [char, targets[index]!]));
};

export const superscripts = pairs(
  '0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤*†',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ*†',
);

export const subscripts = pairs(
  '0123456789+−-=()aehijklmnoprstuvxβγρφχ',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ',
);

/** An accent over a base, as TeX writes it, and the combining mark that says the same. */
export const accents = new Map([
  ...pairs('^ˆ~˜˙¨→ˇ˘`´˚', '\u0302\u0302\u0303\u0303\u0307\u0308\u20D7\u030C\u0306\u0300\u0301\u030A'),
  ...pairs('¯―‾_', '\u0304\u0304\u0304\u0332'),
]);

/** What TeX's symbols read best as outside a formula. */
const plain = pairs('∑∏⋅∗∼∣ϵ∥\u00A0⋆', 'ΣΠ·*~|ε‖ *');

const doubleStruck = new Map([
  ...pairs('CHNPQRZ', 'ℂℍℕℙℚℝℤ'),
  ...pairs('ABDEFGIJKLMOSTUVWXY1', '𝔸𝔹𝔻𝔼𝔽𝔾𝕀𝕁𝕂𝕃𝕄𝕆𝕊𝕋𝕌𝕍𝕎𝕏𝕐𝟙'),
]);

const script = new Map([
  ...pairs('BEFHILMR', 'ℬℰℱℋℐℒℳℛ'),
  ...pairs('ACDGJKNOPQSTUVWXYZ', '𝒜𝒞𝒟𝒢𝒥𝒦𝒩𝒪𝒫𝒬𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵'),
]);

/** The characters of one token in its alphabet; bold, italic and Fraktur are left plain. */
export const inAlphabet = (text: string, variant: unknown): string => {
  const alphabet =
    variant === 'double-struck'
      ? doubleStruck
      : /script|calligraphic/.test(String(variant))
        ? script
        : undefined;
  return Array.from(text)
    .map((char) => alphabet?.get(char) ?? plain.get(char) ?? char)
    .join('');
};
