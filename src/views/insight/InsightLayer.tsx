import { lazy, type ReactNode, Suspense } from 'react';
import { insightOnMap } from '../../state/analysis/insightUsed.ts';
import { useBraggscape } from '../../state/core/store.ts';
import type { MapScene } from '../map/useMapScene.ts';

const InsightOverlay = lazy(async () => ({
  default: (await import('./InsightOverlay.tsx')).InsightOverlay,
}));

/** The drawings of the insight tools on a map; their code is fetched when one of them draws. */
export function InsightLayer({ scene }: { scene: MapScene }): ReactNode {
  const used = useBraggscape(state => insightOnMap(state.inputs.insight));
  return (
    used && (
      <Suspense fallback={null}>
        <InsightOverlay scene={scene} />
      </Suspense>
    )
  );
}
