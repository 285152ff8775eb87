import { type ReactNode, useId } from 'react';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { PHASES } from '../../state/phases/phasesSettings.ts';
import { usePhases } from '../../state/phases/phasesStore.ts';
import { formatNumber } from '../../ui/format.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../controls/Section.tsx';
import { SliderRow } from './SliderRow.tsx';
import { useLab } from './useLab.ts';

/** Classes that are listed. */
const LISTED = 60;

/** Circle, number of points, and what the search found. */
export function SearchControls(): ReactNode {
  const [n, k, chosen, second, dMin] = [
    useLab('divisions'),
    useLab('points'),
    useLab('pairClass'),
    useLab('pairSet'),
    useLab('dMin'),
  ];
  const { value, busy, failure } = usePhases(state => state.search);
  const searching = usePhases(state => state.searching);
  const name = useId();
  const classes = value?.n === n && value.k === k ? value.classes : [];
  const sets = classes[chosen]?.sets ?? [];
  const whole = (what: string, set: (value: number) => void) => (next: number) => {
    if (!Number.isInteger(next)) return `${what} is a whole number`;
    set(next);
    return null;
  };
  return (
    <Section
      group="search"
      title="Search"
      info={
        <Info about="the search">
          <p>
            Every set of the asked number of points that contains 0 is looked at (turns are the same set), at
            most 200 000 of them. Sets are sorted by the counts of their differences; a class is two or more
            that share them and are no turn or mirror image of one another.
          </p>
        </Info>
      }
      aside={
        <span className="quiet" role="status">
          {busy
            ? searching
              ? `${formatNumber(searching.examined, 0)} of ${formatNumber(searching.total, 0)}`
              : 'searching'
            : value && `${classes.length} ${classes.length === 1 ? 'class' : 'classes'}`}
        </span>
      }
    >
      <Row label="Divisions n">
        <NumberField
          label="Divisions of the circle"
          step={1}
          min={PHASES.divisions.codec.limits[0]}
          max={PHASES.divisions.codec.limits[1]}
          value={n}
          onChange={whole('The number of divisions', divisions => {
            setPhases({ divisions, points: Math.min(k, divisions), pairClass: 0, pairSet: 1 });
          })}
        />
      </Row>
      <Row label="Points k">
        <NumberField
          label="Points on the circle"
          step={1}
          min={PHASES.points.codec.limits[0]}
          max={Math.min(n, PHASES.points.codec.limits[1])}
          value={k}
          onChange={whole('The number of points', points => {
            setPhases({ points, pairClass: 0, pairSet: 1 });
          })}
        />
      </Row>
      <SliderRow
        label={
          <span>
            Checked <i>d</i> ≥
          </span>
        }
        name="Resolution of the check"
        value={dMin}
        min={0.6}
        max={3}
        step={0.02}
        unit="Å"
        limits={PHASES.dMin.codec.limits}
        onChange={(next, first) => setPhases({ dMin: next }, first)}
      />
      {failure && (
        <p className="field-message" role="alert">
          {failure}
        </p>
      )}
      {value && !busy && (
        <p className="quiet">
          {formatNumber(value.examined, 0)} sets looked at{value.complete ? ', all there are' : ', not all'};{' '}
          {formatNumber(value.distinct, 0)} differ.
        </p>
      )}
      {classes.length > 0 && (
        <fieldset className="class-list">
          <legend className="visually-hidden">Homometric classes</legend>
          {classes.slice(0, LISTED).map((entry, i) => (
            <label key={entry.sets[0]!.join()} className={i === chosen ? 'chosen' : undefined}>
              <input
                type="radio"
                name={name}
                checked={i === chosen}
                onChange={() => setPhases({ pairClass: i, pairSet: 1 })}
              />
              {entry.sets.map(set => `{${set.join(' ')}}`).join('  ')}
            </label>
          ))}
          {classes.length > LISTED && <p className="quiet">and {classes.length - LISTED} more</p>}
        </fieldset>
      )}
      {sets.length > 2 && (
        <Row label="Second set">
          <Select
            label="Second set"
            value={String(second)}
            options={sets.slice(1).map((set, i) => ({ value: String(i + 1), label: set.join(' ') }))}
            onChange={next => setPhases({ pairSet: Number(next) })}
          />
        </Row>
      )}
    </Section>
  );
}
