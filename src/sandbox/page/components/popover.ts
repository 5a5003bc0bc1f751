import { h, type ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

const GAP = 6;

/** A box in the top layer, below (or above) what it belongs to; closes on a press or a scroll elsewhere. */
export const Popover = (props: {
  anchor: () => HTMLElement | null;
  onClose: () => void;
  children: ComponentChildren;
}) => {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current!;
    const { left, top, bottom, width } = props.anchor()!.getBoundingClientRect();
    element.showPopover();
    element.style.width = `${Math.min(Math.max(width, 240), innerWidth - 2 * GAP)}px`;
    const below = innerHeight - bottom - 2 * GAP;
    const above = top - 2 * GAP;
    const upwards = below < Math.min(element.offsetHeight, 240) && above > below;
    element.style.maxHeight = `${Math.min(360, upwards ? above : below)}px`;
    element.style.left = `${Math.max(GAP, Math.min(left, innerWidth - element.offsetWidth - GAP))}px`;
    element.style.top = `${upwards ? top - GAP - element.offsetHeight : bottom + GAP}px`;
  }, []);
  useEffect(() => {
    const outside = (event: Event) => {
      const target = event.target as Node;
      if (box.current?.contains(target) !== true && props.anchor()?.contains(target) !== true)
        props.onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('scroll', outside, true);
    window.addEventListener('resize', props.onClose);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('scroll', outside, true);
      window.removeEventListener('resize', props.onClose);
    };
  });
  return h('div', { ref: box, class: 'popover', popover: 'manual' }, props.children);
};
