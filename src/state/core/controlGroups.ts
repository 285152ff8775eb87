/** Groups of controls that a link can hide (`hide=`), with what they are. docs/phases.md lists them for teachers. */
export const CONTROL_GROUPS = [
  { id: 'structure', label: 'the crystal: its picker in the bar and its section' },
  { id: 'slice', label: 'the slice of the explorer' },
  { id: 'loss', label: 'the loss of the explorer' },
  { id: 'descent', label: 'the descents of the explorer' },
  { id: 'instrument', label: 'the instrument' },
  { id: 'experiments', label: 'the tabs of the phase-problem laboratory' },
  { id: 'lesson', label: 'the lesson of an experiment' },
  { id: 'phases', label: 'the choice of phases' },
  { id: 'section', label: 'the section and its resolution' },
  { id: 'reflections', label: 'the list of reflections' },
  { id: 'atoms', label: 'the coordinates of an atom' },
  { id: 'origin', label: 'the origin' },
  { id: 'patterson', label: 'sharpening and origin peak of the Patterson map' },
  { id: 'search', label: 'the search for homometric sets' },
  { id: 'flipping', label: 'the settings of charge flipping' },
  { id: 'landscape', label: 'the way to the loss landscape' },
] as const;

export type ControlGroup = (typeof CONTROL_GROUPS)[number]['id'];
