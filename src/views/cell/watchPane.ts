/** Follows the size of a pane, whole pixels, and the theme of the page. Returns the way to stop. */
export function watchPane(
  element: HTMLElement,
  { resize, refresh }: { resize(width: number, height: number): void; refresh(): void },
): () => void {
  const sizes = new ResizeObserver(([entry]) => {
    if (entry) resize(Math.floor(entry.contentRect.width), Math.floor(entry.contentRect.height));
  });
  sizes.observe(element);
  const theme = new MutationObserver(refresh);
  theme.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', refresh);
  return () => {
    sizes.disconnect();
    theme.disconnect();
    system.removeEventListener('change', refresh);
  };
}
