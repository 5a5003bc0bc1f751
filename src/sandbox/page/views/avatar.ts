import { h } from 'preact';

/** Dark enough for white letters (contrast of at least 4.5). */
const colors = ['#7c4ddb', '#b8447b', '#1f7a68', '#a5581b', '#3566c4', '#4b7a1e', '#a8433c', '#5a6478'];

const avatarColor = (id: string): string => {
  let hash = 7;
  for (const digit of id) hash = (hash * 31 + Number(digit)) % 65_521;
  return colors[hash % colors.length]!;
};

/** One Chinese character, or up to two Latin initials. */
export const initialsOf = (name: string): string => {
  const letters = name
    .trim()
    .split(/\s+/)
    .flatMap((word) => Array.from(word).slice(0, 1));
  return letters.slice(0, 2).join('').toUpperCase();
};

/** A round picture for a user; decorative, the name always stands beside it. */
export const Avatar = ({ id, name, bot, size }: { id: string; name: string; bot: boolean; size: number }) => {
  const text = initialsOf(name);
  const face = bot
    ? [
        h('circle', { cx: 20, cy: 20, r: 20, class: 'avatar-bot' }),
        h('path', {
          d: 'M11 27c4-1 5-13 9-13s5 9 9 9',
          fill: 'none',
          stroke: '#fff',
          'stroke-width': 3,
          'stroke-linecap': 'round',
        }),
        h('circle', { cx: 29, cy: 23, r: 2.6, fill: '#fff' }),
      ]
    : [
        h('circle', { cx: 20, cy: 20, r: 20, fill: avatarColor(id) }),
        // Smaller letters could not be read.
        size < 20
          ? null
          : h(
              'text',
              { x: 20, y: 20, 'text-anchor': 'middle', 'dominant-baseline': 'central', class: 'avatar-text' },
              text,
            ),
      ];
  return h(
    'svg',
    { class: 'avatar', width: size, height: size, viewBox: '0 0 40 40', 'aria-hidden': 'true' },
    face,
  );
};
