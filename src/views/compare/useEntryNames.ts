import { catalogueEntry, entryName } from '../../crystal/catalogue.ts';
import { entryNote } from '../../state/compare/compareEntry.ts';
import { useBraggscape } from '../../state/store.ts';

/** What a source is called before and after it is read: "Rutile, TiO2". */
export function useSourceName(): (source: string) => string {
  return source => {
    const entry = catalogueEntry(source);
    return entry ? entryName(entry) : source;
  };
}

/** The entries by name, with what sets them apart. */
export function useEntryNames(): readonly string[] {
  const entries = useBraggscape(state => state.inputs.compare.entries);
  const nameOf = useSourceName();
  return entries.map(entry => {
    const note = entryNote(entry);
    return note ? `${nameOf(entry.source)}, ${note}` : nameOf(entry.source);
  });
}
