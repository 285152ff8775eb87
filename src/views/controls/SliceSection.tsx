import type { ReactNode } from 'react';
import { familyOf } from '../../crystal/family.ts';
import { sliceParameter } from '../../landscape/slice.ts';
import { isCellKey, SYMBOLS } from '../../model/cellParameter.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setRanges, setSlice } from '../../state/explore/actions.ts';
import { SLICE } from '../../state/explore/exploreSettings.ts';
import { askedSlice, chosenFamily } from '../../state/explore/selectors.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { formatParameter, parameterField, plainName } from '../CellParameter.tsx';
import { Row, Section } from '../Section.tsx';
import { ParameterChooser } from './ParameterChooser.tsx';
import styles from './SliceSection.module.css';

const RESOLUTIONS = [31, 61, 101, 151, 201] as const;

/** The two parameters that the map runs over, their ranges and steps. */
export function SliceSection(): ReactNode {
  const slice = useBraggscape(state => state.inputs.slice);
  const family = useBraggscape(chosenFamily);
  const ties = familyOf(family).equal.map(group => group.map(key => SYMBOLS[key]).join(' = '));
  const { resolution } = slice;
  const ofCell = isCellKey(slice.x) || isCellKey(slice.y);
  const others = isCellKey(slice.x) && isCellKey(slice.y) ? 'Other four' : 'Other five';
  const sizes = [...new Set([...RESOLUTIONS, resolution])].sort((p, q) => p - q);
  return (
    <Section
      group="slice"
      title="Slice"
      aside={
        <span className={styles.size}>
          <Select
            label="Points of the map"
            value={resolution}
            options={sizes
              .filter(n => n >= SLICE.resolution.codec.limits[0] && n <= SLICE.resolution.codec.limits[1])
              .map(n => ({ value: n, label: `${n} × ${n} points` }))}
            onChange={value => setSlice({ resolution: value })}
          />
        </span>
      }
    >
      <AxisRow axis="x" />
      <AxisRow axis="y" />
      {ofCell && (
        <Row
          label={
            <span>
              {others}{' '}
              <Info
                about={`the ${others.toLowerCase()} parameters of the cell`}
                help={[
                  '**At truth**: the parameters of the cell that are not on the axes keep their true values. A map over a alone then breaks a symmetry a = b.',
                  `**Tied**: parameters that the crystal family makes equal to one on an axis follow it ${ties.length ? `(here ${ties.join(', ')})` : '(this family ties none)'}.`,
                ]}
              />
            </span>
          }
        >
          <Segmented
            label={`${others} parameters`}
            value={slice.tied ? 'tied' : 'held'}
            options={[
              { value: 'held', label: 'At truth' },
              { value: 'tied', label: 'Tied' },
            ]}
            onChange={value => setSlice({ tied: value === 'tied' })}
          />
        </Row>
      )}
    </Section>
  );
}

function AxisRow({ axis }: { axis: 'x' | 'y' }): ReactNode {
  const slice = useBraggscape(askedSlice);
  const ranges = useBraggscape(state => state.inputs.slice);
  if (!slice) return null;
  const parameter = sliceParameter(slice, axis);
  const range = slice[`${axis}Range`];
  const [min, max] = parameter.limits;
  const { unit, ...rest } = parameterField(parameter);
  const field = { ...rest, min, max };
  const change = (next: readonly [number, number]): string | null => {
    if (!(next[0] < next[1]))
      return `${plainName(parameter)} must run from low to high: ${formatParameter(parameter, next[0])} is not below ${formatParameter(parameter, next[1])}`;
    if (axis === 'x') setRanges(next, ranges.yRange, true);
    else setRanges(ranges.xRange, next, true);
    return null;
  };
  return (
    <div className={parameter.group === 'cell' ? styles.row : `${styles.row} ${styles.long}`}>
      <span className="quiet">{axis}</span>
      <ParameterChooser axis={axis} chosen={parameter} />
      <NumberField
        {...field}
        label={`${parameter.id} from`}
        value={range[0]}
        onChange={value => change([value, range[1]])}
      />
      <span className="quiet">–</span>
      <NumberField
        {...field}
        label={`${parameter.id} to`}
        unit={unit}
        value={range[1]}
        onChange={value => change([range[0], value])}
      />
    </div>
  );
}
