/** The part of plotly.js that the app uses; it ships no types of its own. */
declare module 'plotly.js/lib/core' {
  export interface Figure {
    readonly data: readonly unknown[];
    readonly layout: Readonly<Record<string, unknown>>;
  }
  export interface PlotlyCore {
    react(
      element: HTMLElement,
      data: Figure['data'],
      layout: Figure['layout'],
      config: Readonly<Record<string, unknown>>,
    ): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(
      figure: Figure,
      options: { format: 'png' | 'svg'; width: number; height: number; scale?: number },
    ): Promise<string>;
  }
  const plotly: PlotlyCore;
  export default plotly;
}
