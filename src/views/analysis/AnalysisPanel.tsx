import { type ReactNode, useEffect } from 'react';
import { analysis } from '../../state/analysis/analysisSlice.ts';
import { startAnalysis } from '../../state/analysis/startAnalysis.ts';
import tools from './AnalysisPanel.module.css';
import { BlurTool } from './BlurTool.tsx';
import { CatchmentTool } from './CatchmentTool.tsx';
import { CurvatureTool } from './CurvatureTool.tsx';
import { ProfileTool } from './ProfileTool.tsx';
import { RoughnessTool } from './RoughnessTool.tsx';
import { RulerTool } from './RulerTool.tsx';
import { StrategyTool } from './StrategyTool.tsx';
import { ViewTool } from './ViewTool.tsx';

/** Contents of the section of the rail when it is open. */
export function AnalysisPanel(): ReactNode {
  useEffect(() => {
    startAnalysis();
    analysis.set({ open: true });
    return () => analysis.set({ open: false });
  }, []);
  return (
    <div className={tools.panel} data-testid="analysis">
      <h3>Why is it rough</h3>
      <ViewTool />
      <RulerTool />
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
