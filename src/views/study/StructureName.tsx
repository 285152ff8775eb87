import type { ReactNode } from 'react';
import { catalogueEntry } from '../../crystal/catalogue.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Formula } from '../../ui/Formula.tsx';

/** Formula of a crystal of a study, or the name of one's own. */
export function StructureName({ id }: { id: string }): ReactNode {
  const own = useBraggscape(state => state.inputs.userFiles.crystals.find(entry => entry.id === id)?.name);
  return <Formula text={own ?? catalogueEntry(id)?.formula ?? id} />;
}
