import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/theme.css';
import './app/print.css';
import './state/allSettings.ts';
import { App } from './app/App.tsx';
import { Boundary } from './app/Boundary.tsx';
import { PAGE_TABLE } from './app/pages.ts';
import { startTheme } from './app/theme.ts';
import { startUpdates } from './app/updates.ts';
import { store } from './state/core/store.ts';
import { introduceOnce } from './state/explore/introduction.ts';
import { startJobs } from './state/jobs.ts';
import { startLinkSync } from './state/linkSync.ts';

startTheme();
const plainAddress = location.hash === '' && parent === window;
startLinkSync();
// The page's code comes while the crystal is read and the threads start; PageSlot says what fails.
PAGE_TABLE[store.getState().inputs.page].load().catch(() => {});
startJobs();
startUpdates();
if (plainAddress) introduceOnce();
if (parent !== window)
  import('./state/frameMessages.ts').then(
    ({ startFrameMessages }) => startFrameMessages(parent),
    () => {
      // Told as a missing file by what follows updates.
    },
  );

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <Boundary name="Braggscape">
      <App />
    </Boundary>
  </StrictMode>,
);
