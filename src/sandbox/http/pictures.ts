/** Avatars: a coloured disc with the first letter of a name. */
import type { User } from '../world.ts';

const colours = ['#5865f2', '#3ba55c', '#c27c0e', '#eb459e', '#ed4245', '#11806a', '#206694', '#992d22'];

const escape = (text: string): string =>
  text.replaceAll(/[<>&"]/g, (character) => `&#${character.codePointAt(0)};`);

export const avatar = (user: User): string => {
  const [letter = '?'] = user.name;
  const colour = user.bot ? '#5865f2' : colours[Number(BigInt(user.id) >> 22n) % colours.length]!;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
<circle cx="64" cy="64" r="64" fill="${colour}"/>
<text x="64" y="66" fill="#fff" font-family="system-ui, sans-serif" font-size="64" font-weight="600" text-anchor="middle" dominant-baseline="central">${escape(letter)}</text>
</svg>`;
};
