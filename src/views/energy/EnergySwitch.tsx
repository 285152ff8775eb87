import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setEnergy } from '../../state/energy/energySettings.ts';
import { Button } from '../../ui/Button.tsx';

/** True where the map pane shows the loss alone or the energy beside it. */
export function EnergySwitch(): ReactNode {
  const on = useBraggscape(state => state.inputs.energy.view !== 'off');
  return (
    <Button
      small
      aria-pressed={on}
      title={on ? 'Back to the XRD map alone' : 'The energy of an interatomic potential beside the XRD loss'}
      onClick={() => setEnergy({ view: on ? 'off' : 'beside' })}
    >
      {on ? 'XRD alone' : 'Energy'}
    </Button>
  );
}
