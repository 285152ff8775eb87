import { catalogueEntry, entryName } from '../../crystal/catalogue.ts';
import { entryTitle } from '../../state/compare/compareEntry.ts';
import { useBraggscape } from '../../state/core/store.ts';

/** Name of a source before and after it is read: "Rutile, TiO2". */
export function useSourceName(): (source: string) => string {
  const { crystals, patterns } = useBraggscape(state => state.inputs.userFiles);
  return source => {
    const entry = catalogueEntry(source);
    if (entry) return entryName(entry);
    return [...crystals, ...patterns].find(({ id }) => id === source)?.name ?? source;
  };
}

/** The entries by name, with what sets them apart. */
export function useEntryNames(): readonly string[] {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const nameOf = useSourceName();
  return entries.map(entry => entryTitle(nameOf(entry.source), entry));
}
