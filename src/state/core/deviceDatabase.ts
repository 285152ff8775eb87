import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/**
 * A database of this device: opened when it is first used, let go for a tab that wants a newer form, and opened anew after
 * that and after a refusal.
 */
export function deviceDatabase<S extends DBSchema>(
  name: string,
  create: (db: IDBPDatabase<S>) => void,
): () => Promise<IDBPDatabase<S>> {
  let opening: Promise<IDBPDatabase<S>> | null = null;
  const letGo = (): void => {
    opening = null;
  };
  return () => {
    opening ??= openDB<S>(name, 1, {
      upgrade: create,
      terminated: letGo,
      blocking(_old, _new, event) {
        (event.target as IDBDatabase).close();
        letGo();
      },
    });
    opening.catch(letGo);
    return opening;
  };
}
