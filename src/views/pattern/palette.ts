/** The tokens a canvas needs, as the theme sets them now. */
export interface Palette {
  readonly panel: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly axis: string;
  readonly grid: string;
  readonly line2: string;
  readonly hover: string;
  readonly current: string;
  readonly truthFill: string;
  readonly truthLine: string;
  readonly font: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    panel: colour('--panel'),
    ink: colour('--ink'),
    ink2: colour('--ink2'),
    ink3: colour('--ink3'),
    axis: colour('--axis'),
    grid: colour('--grid'),
    line2: colour('--line2'),
    hover: colour('--hover'),
    current: colour('--current'),
    truthFill: colour('--truth-fill'),
    truthLine: colour('--truth-line'),
    font: style.fontFamily,
  };
}
