/** The part of plotly.js that the app uses; it ships no types of its own. */
declare module 'plotly.js/lib/core' {
  export interface Trace {
    readonly type: 'heatmap' | 'contour';
    readonly [option: string]: unknown;
  }
  export interface PlotlyCore {
    register(modules: readonly unknown[]): void;
    react(
      element: HTMLElement,
      data: readonly Trace[],
      layout: Readonly<Record<string, unknown>>,
      config: Readonly<Record<string, unknown>>,
    ): Promise<unknown>;
    purge(element: HTMLElement): void;
    toImage(
      element: HTMLElement,
      options: { format: 'png' | 'svg'; width: number; height: number; scale?: number },
    ): Promise<string>;
  }
  const plotly: PlotlyCore;
  export default plotly;
}
declare module 'plotly.js/lib/heatmap' {
  const module: unknown;
  export default module;
}
declare module 'plotly.js/lib/contour' {
  const module: unknown;
  export default module;
}
