import type { ReactNode, RefObject } from 'react';
import { notify } from '../../state/store.ts';
import type { Study } from '../../study/studyFile.ts';
import { saveFile } from '../../ui/download.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { savePicture } from '../../ui/saveSvg.ts';
import { saveOwn, summaryCsv, trialsCsv } from './saveStudy.ts';

/** Files of the results and of the two main pictures. */
export function StudyExports({
  study,
  page,
}: {
  study: Study | null;
  page: RefObject<HTMLElement | null>;
}): ReactNode {
  const picture = (selector: string, name: string, kind: 'svg' | 'png'): void => {
    const svg = page.current?.querySelector<SVGSVGElement>(selector);
    if (!svg) return;
    savePicture(svg, name, kind).catch((error: Error) =>
      notify({ id: 'export', tone: 'error', text: `The picture could not be saved: ${error.message}` }),
    );
  };
  const table = (name: string, text: (study: Study) => string): void => {
    if (study) saveFile(name, text(study), 'text/csv;charset=utf-8');
  };
  return (
    <Popover label="Save" button={<Icon name="download" />} className="button icon">
      <h3>Results</h3>
      <div className="menu-buttons">
        <button
          type="button"
          className="button small"
          disabled={!study}
          onClick={() => table('study-trials.csv', trialsCsv)}
        >
          Trials, CSV
        </button>
        <button
          type="button"
          className="button small"
          disabled={!study}
          onClick={() => table('study-summary.csv', summaryCsv)}
        >
          Rates and correlations, CSV
        </button>
        <button type="button" className="button small" disabled={!study} onClick={() => saveOwn(study)}>
          Trials, JSON lines
        </button>
      </div>
      <h3>Pictures</h3>
      <div className="menu-buttons">
        {(['svg', 'png'] as const).map(kind => (
          <button
            key={kind}
            type="button"
            className="button small"
            onClick={() => picture('.rate-panel .study-chart svg', 'study-rates', kind)}
          >
            Rates, {kind.toUpperCase()}
          </button>
        ))}
        {(['svg', 'png'] as const).map(kind => (
          <button
            key={kind}
            type="button"
            className="button small"
            onClick={() => picture('.scatter', 'study-scatter', kind)}
          >
            Scatter, {kind.toUpperCase()}
          </button>
        ))}
      </div>
      <h3>Report</h3>
      <div className="menu-buttons">
        <button type="button" className="button small" onClick={() => window.print()}>
          Print or save as PDF
        </button>
      </div>
    </Popover>
  );
}
