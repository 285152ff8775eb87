import type { Stage } from './stage.ts';

/** Size of the pane, theme of the page. */
export function watchStage(element: HTMLElement, stage: Stage): () => void {
  const sizes = new ResizeObserver(([entry]) => {
    if (entry) stage.resize(Math.floor(entry.contentRect.width), Math.floor(entry.contentRect.height));
  });
  sizes.observe(element);
  const theme = new MutationObserver(() => stage.refresh());
  theme.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  const refresh = (): void => stage.refresh();
  system.addEventListener('change', refresh);
  return () => {
    sizes.disconnect();
    theme.disconnect();
    system.removeEventListener('change', refresh);
  };
}
