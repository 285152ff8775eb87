import { type ReactNode, useEffect } from 'react';
import { analysis } from '../../state/analysis/analysisSlice.ts';
import { startAnalysis } from '../../state/analysis/startAnalysis.ts';
import { BlurTool } from './BlurTool.tsx';
import { CatchmentTool } from './CatchmentTool.tsx';
import { CurvatureTool } from './CurvatureTool.tsx';
import { HelpTool } from './HelpTool.tsx';
import tools from './InsightPanel.module.css';
import { ProfileTool } from './ProfileTool.tsx';
import { RoughnessTool } from './RoughnessTool.tsx';
import { RulerTool } from './RulerTool.tsx';
import { ViewTool } from './ViewTool.tsx';

/** Contents of the section of the rail when it is open. */
export function InsightPanel(): ReactNode {
  useEffect(() => {
    startAnalysis();
    analysis.set({ open: true });
    return () => analysis.set({ open: false });
  }, []);
  return (
    <div className={tools.panel} data-testid="insight">
      <h3>Why is it rough</h3>
      <ViewTool />
      <RulerTool />
      <BlurTool />
      <CatchmentTool />
      <ProfileTool />
      <RoughnessTool />
      <CurvatureTool />
      <h3>What would help</h3>
      <HelpTool />
    </div>
  );
}
