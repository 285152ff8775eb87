import { type Cell, type CellKey, cellIndex } from '../../crystal/cell.ts';
import { familyOf, projectCell } from '../../crystal/family.ts';
import { sharedPositions } from '../../crystal/sharedPositions.ts';
import { apart } from '../../crystal/siteOrbit.ts';
import { movedSites } from '../../crystal/siteVector.ts';
import type { Structure } from '../../crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import type { Crystal } from '../../matching/periodicSet.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import { descentScale } from '../../study/descentLoss.ts';
import { distortedCell, distortedStart } from '../../study/distortedStart.ts';
import type { Conditions } from '../../study/plan.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { searchOf } from '../../study/searches.ts';
import type { Inputs } from '../core/inputs.ts';
import { store } from '../core/store.ts';
import { setInputs } from '../core/undo.ts';
import { playAtFocus } from '../explore/actions.ts';
import type { Start } from '../explore/exploreSettings.ts';
import { latticeAxes } from '../explore/modelChoice.ts';
import { targetOf } from '../explore/problem.ts';

/** The crystal that a trial distorts, as the explorer shows it: one with other axes or atoms than the given is a crystal of its own. */
export function shownCrystal(trial: FinishedTrial, structure: Structure, conditions: Conditions): Structure {
  const { cell, sites } = distortedCell(trial, structure, conditions);
  const same =
    sites.length === structure.sites.length &&
    cell.every((value, i) => Math.abs(value - structure.cell[i]!) < 1e-6) &&
    sites.every(({ element, fract }, i) => {
      const other = structure.sites[i]!;
      return element === other.element && apart(fract, other.fract).every(off => Math.abs(off) < 1e-6);
    });
  if (same) return structure;
  const held = projectCell(familyOf(structure.family), cell).every(
    (value, i) => Math.abs(value - cell[i]!) < 1e-6,
  );
  return {
    ...structure,
    cell,
    sites,
    name: `${structure.name}, primitive cell`,
    family: held ? structure.family : 'triclinic',
    source: `Primitive cell. ${structure.source}`,
  };
}

/**
 * View of a trial in the explorer: its start, its descent, its last step; a search stands at its start.
 * @param structure `shownCrystal` of the trial, with its identity
 */
export function explorerInputs(
  inputs: Inputs,
  trial: FinishedTrial,
  { id, structure }: { readonly id: string; readonly structure: Structure },
  conditions: Conditions,
): Inputs {
  const start = distortedStart(trial, structure, conditions);
  const loss = trial.loss ?? 'cosine';
  const { target } = targetOf(structure, PAPER_INSTRUMENT);
  const scale = descentScale(loss, target);
  const { setting } = trial;
  const search = searchOf(setting);
  const ways = search && (search.freedom || trial.noise !== 'lattice');
  const mode: DescentMode =
    setting === 'distorted' || search
      ? 'unconstrained'
      : setting === 'projected'
        ? 'constrained'
        : (setting as DescentMode);
  const place = trial.noise === 'lattice' ? onLattice : onAtoms;
  const { x, y, xRange, yRange, begin } = place(inputs, trial, structure, start);
  return {
    ...inputs,
    page: 'explore',
    structureId: id,
    loss,
    instrument: PAPER_INSTRUMENT,
    slice: { ...inputs.slice, x, y, xRange, yRange, tied: false },
    starts: [begin],
    descent: {
      ...inputs.descent,
      space: 'full',
      reading: 'full',
      family: null,
      learningRate: Number(((trial.learningRate ?? inputs.descent.learningRate) * scale).toPrecision(8)),
      maxIterations: conditions.maxIterations,
      stopGain: conditions.stopGain / scale,
      momentum: 0,
      jitter: 0,
      ...(ways ? { continued: true } : {}),
      modes: [...new Set<DescentMode>([mode, 'unconstrained', 'constrained'])],
    },
    // the path on the map takes other steps than the search
    focus: search
      ? { kind: 'step', start: 0, mode: ways ? 'continued' : mode, step: 0 }
      : { kind: 'step', start: 0, mode, step: trial.steps },
  };
}

type Placed = Pick<Inputs['slice'], 'x' | 'y' | 'xRange' | 'yRange'> & { readonly begin: Start };

/** A lattice trial on the axes of the cell that are chosen. */
function onLattice(inputs: Inputs, trial: FinishedTrial, structure: Structure, start: Crystal): Placed {
  const { x, y } = latticeAxes(inputs);
  const { setting } = trial;
  const baseline = setting === 'distorted' || setting === 'projected';
  const end = baseline ? startOf(trial, start.cell, structure) : trial.end;
  const cells = [structure.cell, start.cell, end];
  const at = (key: CellKey): number => start.cell[cellIndex(key)]!;
  return {
    x,
    y,
    xRange: rangeFor(x, cells),
    yRange: rangeFor(y, cells),
    begin: { x: at(x), y: at(y), cell: start.cell },
  };
}

/**
 * A trial of atoms on two coordinates of the one that is furthest from its place, fractions by the shortest way from there;
 * where the cell moves too, on *a* and one coordinate.
 */
function onAtoms(_: Inputs, trial: FinishedTrial, structure: Structure, start: Crystal): Placed {
  const { sites } = structure;
  const ended = trial.fract ? movedSites(sites, trial.fract) : start.sites;
  // one set of coordinates for the species of a place
  const leads = sharedPositions(sites).map(([first]) => first!);
  const off = (crystal: Crystal['sites'], j: number): [number, number, number] =>
    apart(crystal[j]!.fract, sites[j]!.fract);
  const furthest = leads.reduce((worst, j) =>
    Math.hypot(...off(start.sites, j)) > Math.hypot(...off(start.sites, worst)) ? j : worst,
  );
  const [first, second] = [0, 1, 2].sort(
    (p, q) => Math.abs(off(start.sites, furthest)[q]!) - Math.abs(off(start.sites, furthest)[p]!),
  ) as [number, number, number];
  const values = (axis: number): [number, number, number] => {
    const truth = sites[furthest]!.fract[axis]!;
    return [truth, truth + off(start.sites, furthest)[axis]!, truth + off(ended, furthest)[axis]!];
  };
  const coordinate = (axis: number) => {
    const [truth, begin, end] = values(axis);
    const reach = 0.02 + Math.max(0.06, Math.abs(begin - truth), Math.abs(end - truth));
    const range = [truth - reach, truth + reach].map(value => Number(value.toFixed(4)));
    return { id: `${'xyz'[axis]}.${furthest}`, begin, range: range as [number, number] };
  };
  const points = leads.flatMap(j => sites[j]!.fract.map((value, i) => value + off(start.sites, j)[i]!));
  const cell = [...start.cell, ...points];
  const [p, q] = [coordinate(first), coordinate(second)];
  if (trial.noise === 'both')
    return {
      x: 'a',
      y: p.id,
      xRange: rangeFor('a', [structure.cell, start.cell, trial.end]),
      yRange: p.range,
      begin: { x: start.cell[0], y: p.begin, cell },
    };
  return {
    x: p.id,
    y: q.id,
    xRange: p.range,
    yRange: q.range,
    begin: { x: p.begin, y: q.begin, cell },
  };
}

const startOf = (trial: FinishedTrial, start: Cell, { family }: Structure): Cell =>
  trial.setting === 'projected' ? projectCell(familyOf(family), start) : start;

/** A range that holds truth, start and end with a tenth to spare. */
function rangeFor(key: CellKey, cells: readonly (readonly number[])[]): [number, number] {
  const values = cells.map(cell => cell[cellIndex(key)]!);
  const truth = values[0]!;
  const low = Math.min(0.9 * truth, ...values.map(value => value - 0.02 * truth));
  const high = Math.max(1.1 * truth, ...values.map(value => value + 0.02 * truth));
  const [least, most] = ['a', 'b', 'c'].includes(key) ? [0.5, 1000] : [1, 179];
  return [Number(Math.max(least, low).toFixed(3)), Number(Math.min(most, high).toFixed(3))];
}

/** Opens a trial in the explorer at its start and last step. */
export async function openTrial(
  trial: FinishedTrial,
  structure: Structure,
  conditions: Conditions,
): Promise<void> {
  const shown = shownCrystal(trial, structure, conditions);
  let id: string | null = trial.structure;
  if (shown !== structure) {
    const { addCrystal } = await import('../files/userFileActions.ts');
    id = await addCrystal(shown);
  }
  // it has been said why there is no room
  if (id === null) return;
  setInputs(explorerInputs(store.getState().inputs, trial, { id, structure: shown }, conditions));
  playAtFocus();
}
