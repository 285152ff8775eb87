// Until the views import the new places.
export { dismiss, notify } from './core/notices.ts';
export { IDLE as IDLE_JOB } from './core/progress.ts';
export { type Notice, type State, store, useBraggscape } from './core/store.ts';
export type {
  CurrentCrystal,
  EngineStatus,
  ExploreState,
  Guest,
  MapProgress,
  MapState,
  Play,
  Subject,
} from './explore/exploreState.ts';

import './explore/exploreState.ts';
