import { type RefObject, useEffect } from 'react';
import { unwant, want } from '../../state/gallery/galleryQueue.ts';
import { PRESET_IDS, type PresetId } from '../../state/gallery/gallerySettings.ts';

/** A card counts as in view a little before it is. */
const MARGIN = '80px';

/** Computes the pictures of the cards that are in view, those that came last first. */
export function useVisibleCards(root: RefObject<HTMLElement | null>, shown: readonly PresetId[]): void {
  const key = shown.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other cards are other elements
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const seen = new Set<PresetId>();
    const observer = new IntersectionObserver(
      entries => {
        const came: PresetId[] = [];
        const left: PresetId[] = [];
        for (const { target, isIntersecting } of entries) {
          const id = PRESET_IDS.find(entry => entry === (target as HTMLElement).dataset.preset);
          if (id && isIntersecting) came.push(id);
          else if (id) left.push(id);
        }
        for (const id of came) seen.add(id);
        unwant(left.filter(id => seen.delete(id)));
        want(came);
      },
      { root: element, rootMargin: MARGIN },
    );
    for (const card of element.querySelectorAll('[data-preset]')) observer.observe(card);
    return () => {
      observer.disconnect();
      unwant([...seen]);
    };
  }, [key]);
}
