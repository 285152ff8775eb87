import type { ReactNode } from 'react';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Row } from '../Section.tsx';

/** View of the map pane: the map, the wall of all losses, the surface. */
export function ViewTool(): ReactNode {
  const view = useBraggscape(state => state.inputs.analysis.view);
  return (
    <Row label="Shown as">
      <Segmented
        label="What the map pane shows"
        value={view}
        options={[
          { value: 'map', label: 'Map' },
          { value: 'wall', label: 'Wall', title: 'The same slice under all losses' },
          { value: 'surface', label: '3-D', title: 'The map as a surface' },
        ]}
        onChange={next => setAnalysis({ view: next })}
      />
    </Row>
  );
}
