import type { Trace } from 'plotly.js/lib/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';

export interface PlotProps {
  readonly traces: readonly Trace[];
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly width: number;
  readonly height: number;
  readonly background: string;
  /** False: transparent, because something else shows what is newer. So it is too until its traces are drawn. */
  readonly shown: boolean;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
}

/** Fetched while the first map is computed. */
const bundle = import('./plotlyBundle.ts');

const CONFIG = { staticPlot: true, displayModeBar: false, showSendToCloud: false, responsive: false };

/**
 * A field drawn by plotly on exactly width × height pixels, without axes: those, and everything that moves, lie in a
 * layer of their own, so that plotly redraws only when the field does.
 */
export function Plot({
  traces,
  xRange,
  yRange,
  width,
  height,
  background,
  shown,
  label,
}: PlotProps): ReactNode {
  const element = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState(false);
  const [drawn, setDrawn] = useState<readonly Trace[] | null>(null);
  const [left, right, low, high] = [...xRange, ...yRange];
  useEffect(() => {
    const target = element.current;
    if (!target || width < 2 || height < 2) return;
    let dropped = false;
    const layout = {
      width,
      height,
      margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 },
      paper_bgcolor: background,
      plot_bgcolor: background,
      xaxis: { visible: false, range: [left, right], fixedrange: true },
      yaxis: { visible: false, range: [low, high], fixedrange: true },
      showlegend: false,
    };
    bundle
      .then(async ({ Plotly }) => {
        if (dropped) return;
        await Plotly.react(target, traces, layout, CONFIG);
        if (!dropped) setDrawn(traces);
      })
      .catch(() => setMissing(true));
    return () => {
      dropped = true;
    };
  }, [traces, left, right, low, high, width, height, background]);
  useEffect(() => {
    const target = element.current;
    return () => {
      if (target)
        bundle.then(
          ({ Plotly }) => Plotly.purge(target),
          () => {
            // Never loaded: nothing was drawn.
          },
        );
    };
  }, []);
  if (missing)
    return (
      <p className="pane-empty" role="alert">
        The drawing library could not be loaded. Check the connection and reload the page.
      </p>
    );
  const opacity = shown && drawn === traces ? 1 : 0;
  return <div ref={element} role="img" aria-label={label} style={{ width, height, opacity }} />;
}
