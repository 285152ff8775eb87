import { type ReactNode, useEffect } from 'react';
import { analysis } from '../../state/analysis/analysisSlice.ts';
import { startAnalysis } from '../../state/analysis/startAnalysis.ts';
import { cellRests } from '../../state/analysis/strategyCalls.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Info } from '../../ui/Popover.tsx';
import rail from '../Section.module.css';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import tools from './AnalysisPanel.module.css';
import { BlurTool } from './BlurTool.tsx';
import { CatchmentTool } from './CatchmentTool.tsx';
import { CurvatureTool } from './CurvatureTool.tsx';
import { ProfileTool } from './ProfileTool.tsx';
import { RoughnessTool } from './RoughnessTool.tsx';
import { StrategyTool } from './StrategyTool.tsx';

/** Contents of the section of the rail when it is open. */
export function AnalysisPanel(): ReactNode {
  const ruler = useBraggscape(state => state.inputs.analysis.ruler);
  const still = useBraggscape(cellRests);
  useEffect(() => {
    startAnalysis();
    analysis.set({ open: true });
    return () => analysis.set({ open: false });
  }, []);
  return (
    <div className={tools.panel} data-testid="analysis">
      <h3>Why is it rough</h3>
      <SettingRow of="analysis.view" />
      <div className={tools.row}>
        <SettingInput of="analysis.ruler" />
        <Info
          about="the basin ruler"
          help={[
            'Solid line: the region where Bragg’s law alone puts every strong reflection of the true crystal (from a tenth of the strongest on) within one full width at half maximum of its target. For small strains Δ*d*/*d* = FWHM/(2 tan θ): with the paper’s profile 0.82 % at 40° 2θ, 0.44 % at 80°. Outside it some strong peak no longer overlaps its own and the loss cannot feel it.',
            'Dashed: the box of the paper’s lattice noise at 0.1, ±10 % of both parameters.',
          ]}
        />
      </div>
      {ruler && still && (
        <p className={rail.note}>
          The ruler is Bragg’s law over the cell, which stays as it is on this map: there is none.
        </p>
      )}
      <BlurTool />
      <CatchmentTool />
      <ProfileTool />
      <RoughnessTool />
      <CurvatureTool />
      <h3>What would help</h3>
      <StrategyTool />
    </div>
  );
}
