import { type ReactNode, useId } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { formatNumber } from '../../ui/format.ts';
import { FieldMessage } from '../../ui/InputBox.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../Section.tsx';
import { SettingRow } from '../SettingRow.tsx';
import styles from './SearchControls.module.css';
import { useLabs } from './useLab.ts';

/** Classes that are listed. */
const LISTED = 60;

/** Circle, number of points, and what the search found. */
export function SearchControls(): ReactNode {
  const [n, k, chosen, second] = useLabs('divisions', 'points', 'pairClass', 'pairSet');
  const { value, status, done, total, message: failure } = useBraggscape(state => state.phases.search);
  const name = useId();
  const classes = value?.n === n && value.k === k ? value.classes : [];
  const sets = classes[chosen]?.sets ?? [];
  return (
    <Section
      group="search"
      title="Search"
      about="the search"
      help={[
        'Every set of the asked number of points that contains 0 is looked at (turns are the same set), at most 200 000 of them. Sets are sorted by the counts of their differences; a class is two or more that share them and are no turn or mirror image of one another.',
      ]}
      aside={
        <span className="quiet" role="status">
          {status === 'computing'
            ? total > 0
              ? `${formatNumber(done, 0)} of ${formatNumber(total, 0)}`
              : 'searching'
            : value && `${classes.length} ${classes.length === 1 ? 'class' : 'classes'}`}
        </span>
      }
    >
      <SettingRow
        of="phases.divisions"
        onChange={(divisions: number) =>
          setPhases({ divisions, points: Math.min(k, divisions), pairClass: 0, pairSet: 1 })
        }
      />
      <SettingRow
        of="phases.points"
        onChange={(points: number) =>
          points > n
            ? `Points on the circle cannot be above ${n}`
            : setPhases({ points, pairClass: 0, pairSet: 1 })
        }
      />
      <SettingRow of="phases.dMin" label="Checked *d* ≥" name="Resolution of the check" />
      {failure && <FieldMessage role="alert">{failure}</FieldMessage>}
      {value && status !== 'computing' && (
        <p className="quiet">
          {formatNumber(value.examined, 0)} sets looked at{value.complete ? ', all there are' : ', not all'};{' '}
          {formatNumber(value.distinct, 0)} differ.
        </p>
      )}
      {classes.length > 0 && (
        <fieldset className={styles.list}>
          <legend className="visually-hidden">Homometric classes</legend>
          {classes.slice(0, LISTED).map((entry, i) => (
            <label key={entry.sets[0]!.join()}>
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
            value={second}
            options={sets.slice(1).map((set, i) => ({ value: i + 1, label: set.join(' ') }))}
            onChange={next => setPhases({ pairSet: next })}
          />
        </Row>
      )}
    </Section>
  );
}
