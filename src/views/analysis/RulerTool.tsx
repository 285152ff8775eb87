import type { ReactNode } from 'react';
import { setAnalysis } from '../../state/analysis/analysisSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Info } from '../../ui/Popover.tsx';
import tools from './AnalysisPanel.module.css';

/** Switches the basin ruler. */
export function RulerTool(): ReactNode {
  const ruler = useBraggscape(state => state.inputs.analysis.ruler);
  return (
    <div className={tools.row}>
      <Checkbox checked={ruler} onChange={on => setAnalysis({ ruler: on })}>
        Basin ruler and ±10 % box
      </Checkbox>
      <Info about="the basin ruler">
        <p>
          Solid line: the region where Bragg’s law alone puts every strong reflection of the true crystal
          (from a tenth of the strongest on) within one full width at half maximum of its target. For small
          strains Δ<i>d</i>/<i>d</i> = FWHM/(2 tan θ): with the paper’s profile 0.82 % at 40° 2θ, 0.44 % at
          80°. Outside it some strong peak no longer overlaps its own and the loss cannot feel it.
        </p>
        <p>Dashed: the box of the paper’s lattice noise at 0.1, ±10 % of both parameters.</p>
      </Info>
    </div>
  );
}
