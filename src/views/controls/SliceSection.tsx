import type { ReactNode } from 'react';
import { CELL_KEYS, type CellKey } from '../../crystal/cell.ts';
import { familyOf } from '../../crystal/family.ts';
import { defaultRange, parameterLimits } from '../../landscape/slice.ts';
import { SYMBOLS } from '../../landscape/symmetryLines.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseAxis, setRanges, setSlice } from '../../state/explore/actions.ts';
import { SLICE } from '../../state/explore/exploreSettings.ts';
import { chosenFamily } from '../../state/explore/selectors.ts';
import { THIN } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { parameterField } from '../CellParameter.tsx';
import { Row, Section } from '../Section.tsx';
import styles from './SliceSection.module.css';

const RESOLUTIONS = [31, 61, 101, 151, 201] as const;

/** The two parameters that the map runs over, their ranges and steps. */
export function SliceSection(): ReactNode {
  const slice = useBraggscape(state => state.inputs.slice);
  const family = useBraggscape(chosenFamily);
  const ties = familyOf(family).equal.map(group => group.map(key => SYMBOLS[key]).join(' = '));
  const { resolution } = slice;
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
      <Row
        label={
          <span>
            Other four{' '}
            <Info
              about="the other four parameters"
              help={[
                '**At truth**: the four parameters that are not on the axes keep their true values. A map over a alone then breaks a symmetry a = b.',
                `**Tied**: parameters that the crystal family makes equal to one on an axis follow it ${ties.length ? `(here ${ties.join(', ')})` : '(this family ties none)'}.`,
              ]}
            />
          </span>
        }
      >
        <Segmented
          label="Other four parameters"
          value={slice.tied ? 'tied' : 'held'}
          options={[
            { value: 'held', label: 'At truth' },
            { value: 'tied', label: 'Tied' },
          ]}
          onChange={value => setSlice({ tied: value === 'tied' })}
        />
      </Row>
    </Section>
  );
}

function AxisRow({ axis }: { axis: 'x' | 'y' }): ReactNode {
  const slice = useBraggscape(state => state.inputs.slice);
  const truth = useBraggscape(state => state.structure?.cell ?? null);
  const key = slice[axis];
  if (!truth) return null;
  const range = slice[`${axis}Range`] ?? defaultRange(key, truth);
  const [min, max] = parameterLimits(key);
  const { unit, ...rest } = parameterField(key);
  const field = { ...rest, min, max };
  const change = (next: readonly [number, number]): string | null => {
    if (!(next[0] < next[1]))
      return `${SYMBOLS[key]} must run from low to high: ${next[0]}${THIN}${unit} is not below ${next[1]}${THIN}${unit}`;
    if (axis === 'x') setRanges(next, slice.yRange, true);
    else setRanges(slice.xRange, next, true);
    return null;
  };
  return (
    <div className={styles.row}>
      <span className="quiet">{axis}</span>
      <Select
        label={axis === 'x' ? 'Horizontal axis' : 'Vertical axis'}
        value={key}
        options={CELL_KEYS.map(value => ({ value, label: SYMBOLS[value] }))}
        onChange={(value: CellKey) => chooseAxis(axis, value)}
      />
      <NumberField
        {...field}
        label={`${SYMBOLS[key]} from`}
        value={range[0]}
        onChange={value => change([value, range[1]])}
      />
      <span className="quiet">–</span>
      <NumberField
        {...field}
        label={`${SYMBOLS[key]} to`}
        unit={unit}
        value={range[1]}
        onChange={value => change([range[0], value])}
      />
    </div>
  );
}
