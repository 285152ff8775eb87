import type { Structure } from '../../crystal/structure.ts';
import { pagePool } from '../../engine/pool.ts';
import { parameterOf } from '../../landscape/sliceModel.ts';
import { DEFAULT_INPUTS } from '../core/inputs.ts';
import { type Job, job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { type State, store } from '../core/store.ts';
import { type CrystalParameters, isLatticeSlice } from './modelChoice.ts';

/** The crystal whose parameters were asked for by opening their list. */
let wanted: Structure | null = null;

/** Works out what can be moved of the crystal on screen, once an axis or the list of parameters needs it. */
export const parametersJob: Job = job({
  select: state => [state.structure, isLatticeSlice(state.inputs), state.inputs.instrument.eta],
  args({ structure, parameters, inputs }) {
    const needed = structure && (!isLatticeSlice(inputs) || wanted === structure);
    const known = parameters?.structure === structure && parameters?.eta === inputs.instrument.eta;
    return needed && !known ? { structure, instrument: inputs.instrument } : null;
  },
  async run({ structure, instrument }, { signal }) {
    const found = await pagePool().call(
      'symmetry',
      'parameters',
      null,
      { structure, instrument },
      { signal },
    );
    if (signal.aborted) return;
    const parameters = { ...found, structure, eta: instrument.eta };
    store.setState(state => ({ parameters, inputs: withoutUnknownAxes(state, parameters).inputs }));
  },
  failed(text) {
    notify({ id: 'parameters', tone: 'error', text: `The parameters of the atoms are not known: ${text}` });
    if (!isLatticeSlice(store.getState().inputs)) store.setState(toLattice);
  },
});

/** Has the list of parameters worked out for the crystal on screen. */
export function askForParameters(): void {
  wanted = store.getState().structure;
  void parametersJob.start();
}

/** A link may ask for an atom that the crystal has not. */
function withoutUnknownAxes(state: State, parameters: CrystalParameters): Pick<State, 'inputs'> {
  const { slice } = state.inputs;
  const unknown = [slice.x, slice.y].filter(id => !parameterOf(id, parameters));
  if (unknown.length === 0) return state;
  const { formula } = parameters.structure;
  notify({
    id: 'axes',
    tone: 'warning',
    text: `${formula} has no parameter ${unknown.join(' and no ')}: the map shows ${DEFAULT_INPUTS.slice.x} and ${DEFAULT_INPUTS.slice.y}.`,
  });
  return toLattice(state);
}

const toLattice = ({ inputs }: State): Pick<State, 'inputs'> => ({
  inputs: {
    ...inputs,
    slice: {
      ...inputs.slice,
      x: DEFAULT_INPUTS.slice.x,
      y: DEFAULT_INPUTS.slice.y,
      xRange: null,
      yRange: null,
    },
    starts: [],
    focus: { kind: 'truth' },
  },
});
