import { type ReactNode, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { PAGES } from '../state/core/pages.ts';
import { SETTINGS, sameValue, valueAt } from '../state/core/settings.ts';
import { useBraggscape } from '../state/core/store.ts';
import { shareAddress } from '../state/linkSync.ts';
import styles from './Printed.module.css';

/** Width of what is printed, CSS pixels: A4 or Letter on its side, within their margins. */
const PAPER = 1000;

/** Canvases do not follow the paper: each keeps the box that it has on screen, and a page of them is made smaller as a whole. */
function freeze(): void {
  const main = document.querySelector('main.printed-as-shown');
  if (!main) return;
  for (const drawn of main.querySelectorAll<HTMLElement>('canvas, [data-cell-picture] > *')) {
    let box = drawn.parentElement!;
    while (box.offsetParent && getComputedStyle(box).position === 'absolute') box = box.parentElement!;
    const { width, height } = box.getBoundingClientRect();
    box.dataset.printed = '';
    box.style.setProperty('--printed-width', `${width}px`);
    box.style.setProperty('--printed-height', `${height}px`);
  }
  // The explorer without its rail.
  const { width } = (main.querySelector('#panel-work') ?? main).getBoundingClientRect();
  document.documentElement.style.setProperty('--printed-page', `${width}px`);
  document.documentElement.style.setProperty('--printed-zoom', String(Math.min(1, PAPER / width)));
}

function thaw(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-printed]')) delete box.dataset.printed;
}

/** Settings of what is printed, after it: the page, the crystal, all that is not at its default, and the link. */
export function Printed(): ReactNode {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = (): void => {
      freeze();
      flushSync(() => setPrinting(true));
    };
    const after = (): void => {
      thaw();
      setPrinting(false);
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return printing && <Settings />;
}

function Settings(): ReactNode {
  const inputs = useBraggscape(state => state.inputs);
  const structure = useBraggscape(state => state.structure);
  // The laboratory prints its crystal and link with its questions.
  if (inputs.page === 'phases') return null;
  const changed = SETTINGS.filter(
    place => place.row.key !== 'p' && !sameValue(place.row, valueAt(inputs, place), place.row.initial),
  );
  return (
    <section className={styles.settings} aria-label="Settings">
      <h2>
        Braggscape, {PAGES.find(({ id }) => id === inputs.page)!.label}
        {structure && inputs.page === 'explore' && `: ${structure.formula}, ${structure.spaceGroup.symbol}`}
      </h2>
      <p>
        {changed.length === 0 ? 'All settings are at their defaults, those of the paper.' : 'Settings: '}
        {changed
          .map(place => `${place.row.label} ${place.row.codec.encode(valueAt(inputs, place)).slice(0, 80)}`)
          .join('; ')}
        {changed.length > 0 && '; all others at their defaults, those of the paper.'}
      </p>
      <p className={styles.link}>{shareAddress(inputs)}</p>
    </section>
  );
}
