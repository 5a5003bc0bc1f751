import { h, type ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

const GAP = 6;

/** Puts a box below what it belongs to, or above where there is more room. */
const place = (box: HTMLElement, anchor: HTMLElement): void => {
  const { left, top, bottom, width } = anchor.getBoundingClientRect();
  box.style.width = `${Math.min(Math.max(width, 240), innerWidth - 2 * GAP)}px`;
  box.style.maxHeight = '';
  const below = innerHeight - bottom - 2 * GAP;
  const above = top - 2 * GAP;
  const upwards = below < Math.min(box.offsetHeight, 240) && above > below;
  box.style.maxHeight = `${Math.min(360, upwards ? above : below)}px`;
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - box.offsetWidth - GAP))}px`;
  box.style.top = `${upwards ? top - GAP - box.offsetHeight : bottom + GAP}px`;
};

/** A box in the top layer that takes the focus, stays with what it belongs to, and closes on a press elsewhere. */
export const Popover = (props: {
  anchor: () => HTMLElement | null;
  onClose: () => void;
  children: ComponentChildren;
}) => {
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useLayoutEffect(() => {
    const element = box.current!;
    const follow = () => {
      const anchor = latest.current.anchor();
      if (anchor) place(element, anchor);
    };
    const onScroll = (event: Event) => {
      if (!element.contains(event.target as Node)) follow();
    };
    const onPress = (event: Event) => {
      const target = event.target as Node;
      if (!element.contains(target) && latest.current.anchor()?.contains(target) !== true)
        latest.current.onClose();
    };
    element.showPopover();
    follow();
    // At once, so that no key that follows is lost.
    element.querySelector('input')?.focus({ preventScroll: true });
    document.addEventListener('pointerdown', onPress, true);
    document.addEventListener('scroll', onScroll, true);
    window.addEventListener('resize', follow);
    return () => {
      document.removeEventListener('pointerdown', onPress, true);
      document.removeEventListener('scroll', onScroll, true);
      window.removeEventListener('resize', follow);
    };
  }, []);
  return h('div', { ref: box, class: 'popover', popover: 'manual' }, props.children);
};
