import type { ReactNode } from 'react';
import { reflectionsCsv } from '../../diffraction/reflectionsCsv.ts';
import { pymatgenScript } from '../../formats/pymatgenScript.ts';
import { writeCif } from '../../formats/writeCif.ts';
import { writePoscar } from '../../formats/writePoscar.ts';
import { writePymatgenJson } from '../../formats/writePymatgenJson.ts';
import { notify } from '../../state/core/notices.ts';
import { store } from '../../state/core/store.ts';
import { currentStructure } from '../../state/explore/selectors.ts';
import { trajectoriesCsv } from '../../state/explore/trajectories.ts';
import { currentProject } from '../../state/project/projectActions.ts';
import { Button } from '../../ui/Button.tsx';
import { saveFile } from '../../ui/download.ts';
import files from './FilesDialog.module.css';

interface Item {
  readonly label: string;
  save(): void | Promise<void>;
}

/** Says why instead of saving nothing. */
class Nothing extends Error {}

const CSV = 'text/csv;charset=utf-8';

function crystal() {
  const structure = currentStructure(store.getState());
  if (!structure) throw new Nothing('There is no crystal on screen yet.');
  return { structure, name: structure.formula.replaceAll(/[^\w.-]/g, '') || 'crystal' };
}

const PROJECT: Item = {
  label: 'Project (JSON)',
  save: async () => saveFile('braggscape-project.json', await currentProject(), 'application/json'),
};

const CRYSTAL: readonly Item[] = [
  {
    label: 'CIF',
    save: () => {
      const { structure, name } = crystal();
      saveFile(`${name}.cif`, writeCif(structure), 'chemical/x-cif');
    },
  },
  {
    label: 'POSCAR',
    save: () => {
      const { structure, name } = crystal();
      const text = writePoscar(structure);
      if (!text.ok) throw new Nothing(`No POSCAR was written: ${text.message}.`);
      saveFile(`${name}.POSCAR`, text.value);
    },
  },
  {
    label: 'pymatgen JSON',
    save: () => {
      const { structure, name } = crystal();
      saveFile(`${name}.json`, writePymatgenJson(structure), 'application/json');
    },
  },
  {
    label: 'Script for pymatgen (Python)',
    save: () => {
      const { structure, name } = crystal();
      saveFile(
        `${name}-pattern.py`,
        pymatgenScript(structure, store.getState().inputs.instrument),
        'text/x-python',
      );
    },
  },
];

const TABLES: readonly Item[] = [
  {
    label: 'Descents, every step (CSV)',
    save: () => {
      const { runs, continued, inputs } = store.getState();
      if (runs.length === 0) throw new Nothing('There are no descents yet: click the map to start some.');
      saveFile('descents.csv', trajectoriesCsv(runs, continued, inputs.loss), CSV);
    },
  },
  {
    label: 'Reflections, target and current (CSV)',
    save: () => {
      const { targetPeaks, current, inputs } = store.getState();
      if (!targetPeaks) throw new Nothing('There is no pattern on screen yet.');
      const { wavelength } = inputs.instrument;
      const sets = [{ label: 'target', table: targetPeaks, wavelength }];
      if (current) sets.push({ label: 'current', table: current.peaks, wavelength });
      saveFile('reflections.csv', reflectionsCsv(sets), CSV);
    },
  },
];

/** Files that the explorer can save. Pictures, the map's values and the patterns are saved beside them. */
export function SaveFiles(): ReactNode {
  const save = async (item: Item): Promise<void> => {
    try {
      await item.save();
    } catch (error) {
      notify({
        id: 'save',
        tone: error instanceof Nothing ? 'info' : 'error',
        text: (error as Error).message,
      });
    }
  };
  const buttons = (items: readonly Item[]): ReactNode => (
    <div className={files.out}>
      {items.map(item => (
        <Button key={item.label} small onClick={() => void save(item)}>
          {item.label}
        </Button>
      ))}
    </div>
  );
  return (
    <section aria-label="Save">
      <h3>Save</h3>
      <p className="quiet">
        A project holds every setting, own crystals and patterns, and can be opened again. Pictures and their
        numbers are saved at the pictures.
      </p>
      {buttons([PROJECT])}
      <h3>Current crystal</h3>
      {buttons(CRYSTAL)}
      <h3>Tables</h3>
      {buttons(TABLES)}
    </section>
  );
}
