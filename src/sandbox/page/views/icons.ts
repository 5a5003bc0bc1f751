/** Line icons, drawn on a 24 by 24 grid. */
import { h } from 'preact';

const shapes = {
  hash: 'M4 9h16M4 15h16M10 4 8 20M16 4l-2 16',
  announcement: 'M4 10v4h3l8 5V5L7 10H4zM18.5 9.5a4 4 0 0 1 0 5',
  message: 'M4 5h16v11H9l-5 4V5z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8',
  pulse: 'M3 12h4l3-8 4 16 3-8h4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M6 9l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  send: 'M4 12 20 4l-5 16-3.5-6.5L4 12z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  contrast: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8h6.7M12 12h9M12 16h8',
  eye: 'M2 12s3.5-7 10-7 10 7 10 7-3.5 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  file: 'M6 3h8l4 4v14H6V3zM14 3v4h4',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  link: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  crown: 'M4 18h16l1.5-10-5.5 4-4-7-4 7-5.5-4L4 18z',
  slash: 'M16 4 8 20',
  plus: 'M12 5v14M5 12h14',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2',
  switch: 'M7 4 3 8l4 4M3 8h13M17 12l4 4-4 4M21 16H8',
  reply: 'M9 6 4 11l5 5M4 11h9a7 7 0 0 1 7 7v1',
} as const;

export type IconName = keyof typeof shapes;

/** Decorative: the name goes on what holds it. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) =>
  h(
    'svg',
    {
      class: 'icon',
      width: size,
      height: size,
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': 2,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    },
    h('path', { d: shapes[name] }),
  );
