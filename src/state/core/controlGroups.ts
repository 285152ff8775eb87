import type { PageId } from './pages.ts';

/** Panes and groups of controls that a link can hide (`hide=`): the page they are on, and what they are. docs/embed.md lists them. */
export const CONTROL_GROUPS = [
  { id: 'controls', on: null, label: 'the whole rail of controls, of every page' },
  { id: 'map', on: 'explore', label: 'the map' },
  { id: 'player', on: 'explore', label: 'the player of the descents' },
  { id: 'cell', on: 'explore', label: 'the unit cell' },
  { id: 'numbers', on: 'explore', label: 'the numbers: current crystal, descents, minima' },
  { id: 'pattern', on: 'explore', label: 'the powder pattern' },
  { id: 'structure', on: null, label: 'the crystal: its picker in the bar and its section' },
  { id: 'measured', on: 'explore', label: 'the measured pattern' },
  { id: 'slice', on: 'explore', label: 'the slice' },
  { id: 'loss', on: 'explore', label: 'the loss' },
  { id: 'descent', on: 'explore', label: 'the descents' },
  { id: 'analysis', on: 'explore', label: 'the analysis tools' },
  { id: 'instrument', on: 'explore', label: 'the instrument' },
  { id: 'tables', on: 'compare', label: 'the tables of similarities and of peaks' },
  { id: 'side', on: 'phases', label: 'what stands beside the picture of an experiment' },
  { id: 'lower', on: 'phases', label: 'what stands below the picture of an experiment' },
  { id: 'experiments', on: 'phases', label: 'the tabs of the laboratory' },
  { id: 'lesson', on: 'phases', label: 'the lesson of an experiment' },
  { id: 'phases', on: 'phases', label: 'the choice of phases' },
  { id: 'section', on: 'phases', label: 'the section and its resolution; the scale of the widths' },
  { id: 'reflections', on: 'phases', label: 'the list of reflections' },
  { id: 'atoms', on: 'phases', label: 'the coordinates of an atom' },
  { id: 'origin', on: 'phases', label: 'the origin' },
  { id: 'patterson', on: 'phases', label: 'sharpening and origin peak of the Patterson map' },
  { id: 'search', on: 'phases', label: 'the search for homometric sets' },
  { id: 'flipping', on: 'phases', label: 'the settings of charge flipping' },
  { id: 'landscape', on: 'phases', label: 'the way to the loss landscape' },
] as const satisfies readonly { id: string; on: PageId | null; label: string }[];

export type ControlGroup = (typeof CONTROL_GROUPS)[number]['id'];
