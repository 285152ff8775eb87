import { type Project, type ProjectResults, projectText } from '../../formats/projectFile.ts';
import { notify } from '../core/notices.ts';
import { linkOf, readLink, tellRefused } from '../core/permalink.ts';
import { store } from '../core/store.ts';
import { setInputs } from '../core/undo.ts';
import { saveEntry } from '../files/database.ts';
import { rememberCrystal, rememberPattern, userCrystal, userPattern } from '../files/userFiles.ts';

/** Everything on screen as the text of a file. Own data that is not to be had here is left out, with a notice. */
export async function currentProject(): Promise<string> {
  const { inputs } = store.getState();
  const missing: string[] = [];
  const there = async <T>(name: string, reading: Promise<T>): Promise<T[]> => {
    try {
      return [await reading];
    } catch {
      missing.push(name);
      return [];
    }
  };
  const crystals = await Promise.all(
    inputs.userFiles.crystals.map(async ({ id, name }) =>
      (await there(name, userCrystal(id))).map(structure => ({ id, structure })),
    ),
  );
  const patterns = await Promise.all(
    inputs.userFiles.patterns.map(async ({ id, name }) =>
      (await there(name, userPattern(id))).map(pattern => ({ id, pattern })),
    ),
  );
  if (missing.length)
    notify({
      id: 'project',
      tone: 'warning',
      text: `Not in the project file, because kept on another device: ${missing.join(', ')}.`,
    });
  const project: Project = { link: linkOf(inputs), crystals: crystals.flat(), patterns: patterns.flat() };
  return projectText(project, new Date().toISOString(), resultsNow());
}

/** The finest map, its minima and where the descents ended. */
function resultsNow(): ProjectResults {
  const { map, minima, runs } = store.getState();
  const short = (values: ArrayLike<number>): (number | null)[] =>
    Array.from(values, value => (Number.isFinite(value) ? Number(value.toPrecision(8)) : null));
  return {
    map: map && {
      x: map.slice.x,
      y: map.slice.y,
      loss: map.problem.loss,
      xs: short(map.xs),
      ys: short(map.ys),
      values: short(map.values),
    },
    minima: minima.map(({ x, y, value }) => ({ x, y, loss: value })),
    descents: runs.map(({ start, mode, count, cells, losses, end }) => ({
      start: start + 1,
      mode,
      steps: count - 1,
      reason: end?.reason ?? null,
      cell: short(cells.subarray(6 * (count - 1), 6 * count)),
      loss: count > 0 ? losses[count - 1]! : null,
    })),
  };
}

/** Replaces what is on screen; undo brings it back. */
export async function openProject(project: Project): Promise<void> {
  const reasons = new Set<string>();
  for (const { id, structure } of project.crystals) {
    rememberCrystal(id, structure);
    const reason = await saveEntry('crystals', structure, id);
    if (reason) reasons.add(reason);
  }
  for (const { id, pattern } of project.patterns) {
    rememberPattern(id, pattern);
    const reason = await saveEntry('patterns', pattern, id);
    if (reason) reasons.add(reason);
  }
  if (reasons.size)
    notify({
      id: 'user-files',
      tone: 'warning',
      text: `The crystals and patterns of the project last as long as this page: ${[...reasons].join('; ')}.`,
    });
  const { inputs, refused } = readLink(project.link);
  tellRefused(refused);
  setInputs(inputs);
}
