import type { ReactNode } from 'react';
import { Dialog } from '../ui/Dialog.tsx';
import { StudyRail } from '../views/study/StudyRail.tsx';
import styles from '../views/study/StudyView.module.css';
import { StudyView } from '../views/study/StudyView.tsx';
import type { PageProps } from './pageProps.ts';

/** The study: plan on the left, results on the right. */
export function StudyPage({ narrow, controls, onControls }: PageProps): ReactNode {
  return (
    <main className={styles.page}>
      {narrow ? (
        <Dialog title="Plan" open={controls} onClose={() => onControls(false)}>
          <StudyRail />
        </Dialog>
      ) : (
        <StudyRail />
      )}
      <StudyView />
    </main>
  );
}
