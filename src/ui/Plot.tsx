import { type ReactNode, useEffect, useRef, useState } from 'react';
import { pixelRatio } from './Heatmap.tsx';
import { idle } from './idle.ts';
import { mapFigure, type RestingMap } from './mapFigure.ts';

const CONFIG = { staticPlot: true, displayModeBar: false, showSendToCloud: false, responsive: false };

let bundle: Promise<typeof import('./plotlyBundle.ts')> | null = null;

/** Fetches plotly when it is first asked for. */
export async function plotly(): Promise<typeof import('./plotlyBundle.ts')['Plotly']> {
  bundle ??= import('./plotlyBundle.ts').catch(error => {
    bundle = null;
    throw error;
  });
  return (await bundle).Plotly;
}

/**
 * Drawing of `children`, taken over by plotly in moments when the page is idle once it rests. Axes, and everything that
 * moves, lie in a layer of their own, so that plotly redraws only when the field does.
 */
export function Plot(props: {
  /** Null while it moves. */
  readonly map: RestingMap | null;
  /** Description of the picture for those who do not see it. */
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  const { map, label, children } = props;
  const element = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<RestingMap | null>(null);
  useEffect(() => {
    const target = element.current;
    if (!target || !map || map.area.width < 2 || map.area.height < 2) return;
    let dropped = false;
    const draw = async (): Promise<void> => {
      await idle();
      if (dropped) return;
      const [{ data, layout }, Plotly] = await Promise.all([mapFigure(map, pixelRatio()), plotly()]);
      await idle();
      if (dropped) return;
      await Plotly.react(target, data, layout, CONFIG);
      if (!dropped) setDrawn(map);
    };
    // Without plotly the map stays as it is drawn already.
    draw().catch(() => setDrawn(null));
    return () => {
      dropped = true;
    };
  }, [map]);
  useEffect(() => {
    const target = element.current;
    return () => {
      if (target && bundle) void plotly().then(Plotly => Plotly.purge(target));
    };
  }, []);
  const taken = map !== null && drawn === map;
  return (
    <div role="img" aria-label={label} data-drawn-by={taken ? 'plotly' : 'canvas'}>
      <div style={{ visibility: taken ? 'hidden' : 'visible' }}>{children}</div>
      <div ref={element} style={{ visibility: taken ? 'visible' : 'hidden' }} />
    </div>
  );
}
