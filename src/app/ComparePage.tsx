import type { ReactNode } from 'react';
import { CompareView } from '../views/compare/CompareView.tsx';
import type { PageProps } from './pageProps.ts';

/** Several patterns in one picture. */
export function ComparePage({ narrow }: PageProps): ReactNode {
  return (
    <main>
      <CompareView narrow={narrow} />
    </main>
  );
}
