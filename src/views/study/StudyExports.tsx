import type { ReactNode, RefObject } from 'react';
import { notify } from '../../state/core/notices.ts';
import type { Study } from '../../study/studyFile.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/download.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { savePicture } from '../../ui/saveSvg.ts';
import styles from './StudyExports.module.css';
import { saveOwn, summaryCsv, trialsCsv } from './saveStudy.ts';

/** Files of the results and of the two main pictures. */
export function StudyExports({
  study,
  page,
}: {
  study: Study | null;
  page: RefObject<HTMLElement | null>;
}): ReactNode {
  const picture = (name: 'rates' | 'scatter', kind: 'svg' | 'png'): void => {
    const svg = page.current?.querySelector<SVGSVGElement>(`[data-chart=${name}]`);
    if (!svg) return;
    savePicture(svg, `study-${name}`, kind).catch((error: Error) =>
      notify({ id: 'export', tone: 'error', text: `The picture could not be saved: ${error.message}` }),
    );
  };
  const table = (name: string, text: (study: Study) => string): void => {
    if (study) saveFile(name, text(study), 'text/csv;charset=utf-8');
  };
  return (
    <Popover label="Save" button={<Icon name="download" />} kind="icon">
      <h3>Results</h3>
      <div className={styles.buttons}>
        <MenuButton disabled={!study} onPress={() => table('study-trials.csv', trialsCsv)}>
          Trials, CSV
        </MenuButton>
        <MenuButton disabled={!study} onPress={() => table('study-summary.csv', summaryCsv)}>
          Rates and correlations, CSV
        </MenuButton>
        <MenuButton disabled={!study} onPress={() => saveOwn(study)}>
          Trials, JSON lines
        </MenuButton>
      </div>
      <h3>Pictures</h3>
      <div className={styles.buttons}>
        {(['rates', 'scatter'] as const).flatMap(name =>
          (['svg', 'png'] as const).map(kind => (
            <MenuButton key={name + kind} onPress={() => picture(name, kind)}>
              {name === 'rates' ? 'Rates' : 'Scatter'}, {kind.toUpperCase()}
            </MenuButton>
          )),
        )}
      </div>
      <h3>Report</h3>
      <div className={styles.buttons}>
        <MenuButton onPress={() => window.print()}>Print or save as PDF</MenuButton>
      </div>
    </Popover>
  );
}

function MenuButton(props: { disabled?: boolean; onPress(): void; children: ReactNode }): ReactNode {
  return (
    <Button small disabled={props.disabled} onClick={props.onPress}>
      {props.children}
    </Button>
  );
}
