import type { ReactNode } from 'react';
import { setDescent } from '../../state/actions.ts';
import { DESCENT } from '../../state/explore/exploreSettings.ts';
import { useBraggscape } from '../../state/store.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Row } from './Section.tsx';

/** How far a constrained start is pushed off its symmetry line. */
export function JitterRow({ differs }: { differs: boolean }): ReactNode {
  const jitter = useBraggscape(state => state.inputs.descent.jitter);
  return (
    <Row
      label={
        <>
          Jitter{' '}
          <Info about="the jitter of a constrained start">
            <p>
              On a symmetry line the gradient across it vanishes: unconstrained descent from a projected start
              stays on the line, and is constrained descent, until rounding breaks the symmetry.
            </p>
            <p>
              The jitter pushes the constrained start off the line after its projection: fixed angles by this
              tilt, equal lengths apart by the same arc (1° is 1.7 % of a length). 10⁻⁶ to 0.5° shows what
              breaking the symmetry does; 0 is the paper’s.
            </p>
          </Info>
        </>
      }
      differs={differs}
    >
      <NumberField
        label="Jitter of the constrained start"
        unit="°"
        step={0.01}
        min={DESCENT.jitter.codec.limits[0]}
        max={DESCENT.jitter.codec.limits[1]}
        value={jitter}
        onChange={value => void setDescent({ jitter: value })}
      />
    </Row>
  );
}
