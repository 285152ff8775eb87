import { lazy, type ReactNode, Suspense } from 'react';
import { analysisOnMap } from '../../state/analysis/analysisSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import type { MapScene } from '../map/useMapScene.ts';

const AnalysisOverlay = lazy(async () => ({
  default: (await import('./AnalysisOverlay.tsx')).AnalysisOverlay,
}));

/** The drawings of the analysis tools on a map; their code is fetched when one of them draws. */
export function AnalysisLayer({ scene }: { scene: MapScene }): ReactNode {
  const used = useBraggscape(state => analysisOnMap(state.inputs.analysis));
  return (
    used && (
      <Suspense fallback={null}>
        <AnalysisOverlay scene={scene} />
      </Suspense>
    )
  );
}
