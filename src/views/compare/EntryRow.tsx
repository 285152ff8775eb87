import type { CSSProperties, ReactNode } from 'react';
import { ANODES } from '../../diffraction/instrument.ts';
import { addToCompare, changeEntry, moveEntry, removeEntry } from '../../state/compare/compareActions.ts';
import { entryKey, entryNote, entryTitle } from '../../state/compare/compareEntry.ts';
import { COLOURS, type CompareEntry, ENTRY } from '../../state/compare/compareSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure, openPage } from '../../state/explore/actions.ts';
import { isCrystal } from '../../state/files/sourceIds.ts';
import { Button } from '../../ui/Button.tsx';
import { Formula, SpaceGroup } from '../../ui/Formula.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Icon, IconButton } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Select } from '../../ui/Select.tsx';
import { spacing } from '../pattern/axes.ts';
import { HklText } from '../pattern/HklText.tsx';
import type { ViewSettings } from '../pattern/plotScene.ts';
import { SettingControl } from '../SettingControl.tsx';
import { type CompareScene, peakAt, relative } from './compareScene.ts';
import styles from './EntryRow.module.css';
import { useSourceName } from './useEntryNames.ts';

const seriesOf = (colour: number): CSSProperties => ({
  ['--series' as string]: `var(--series-${colour + 1})`,
});

export interface EntryRowProps {
  readonly entry: CompareEntry;
  readonly index: number;
  readonly count: number;
  readonly scene: CompareScene | null;
  readonly view: ViewSettings | null;
  readonly at: number | null;
}

/** One pattern: its colour, whether it is shown, its settings, and its peak under the cursor. */
export function EntryRow(props: EntryRowProps): ReactNode {
  const { entry, index, count } = props;
  const instrument = useBraggscape(state => state.inputs.instrument);
  const curve = useBraggscape(state => state.compare.curves.get(entryKey(entry, instrument)) ?? null);
  const nameOf = useSourceName();
  const name = nameOf(entry.source);
  const note = entryNote(entry);
  return (
    <li className={styles.entry} data-hidden={entry.visible ? undefined : ''}>
      <div className={styles.line}>
        <label className={styles.show} title={entry.visible ? 'Hide' : 'Show'}>
          <input
            type="checkbox"
            checked={entry.visible}
            aria-label={`Show ${index + 1}, ${entryTitle(name, entry)}`}
            onChange={event => changeEntry(index, { visible: event.target.checked })}
          />
          <span className={styles.swatch} style={seriesOf(entry.colour)} aria-hidden="true">
            {index + 1}
          </span>
        </label>
        <span className={styles.name}>
          <b>
            <Formula text={name} />
          </b>
          {note && <span className={styles.note}> {note}</span>}
        </span>
        <Popover label={`Settings of ${name}`} kind="icon" small button={<Icon name="menu" />}>
          <EntryMenu entry={entry} index={index} count={count} name={name} />
        </Popover>
        <IconButton
          name="close"
          label={`Remove ${index + 1}, ${name}`}
          small
          onClick={() => removeEntry(index)}
        />
      </div>
      <div className={styles.second}>
        {curve === null ? (
          <span className="quiet">computing</span>
        ) : typeof curve === 'string' ? (
          <span className={styles.failure} role="alert">
            {curve}
          </span>
        ) : (
          <AtCursor {...props}>
            <span className="quiet">
              {curve.spaceGroup && <SpaceGroup symbol={curve.spaceGroup} />} {curve.peaks.length} peaks
            </span>
          </AtCursor>
        )}
      </div>
    </li>
  );
}

/** The peak of this pattern that is nearest to the cursor; what is between the tags where there is none. */
function AtCursor({ index, scene, view, at, children }: EntryRowProps & { children: ReactNode }): ReactNode {
  const own = scene?.curves.find(curve => curve.index === index);
  if (!own || !scene || !view || at === null) return children;
  const found = peakAt(scene, own, at, view.axis);
  const peak = own.curve.peaks[found];
  if (!peak) return children;
  return (
    <span className={styles.peak}>
      {own.curve.measured ? (
        'peak'
      ) : (
        <b>
          <HklText of={peak.forms[0]!.hkl} />
        </b>
      )}
      <span>{formatNumber(peak.twoTheta, 2)}°</span>
      <span>
        <i>d</i> {formatNumber(spacing(peak.twoTheta, own.curve.instrument.wavelength), 3)}
      </span>
      <span>
        <i>I</i> {formatNumber(relative(own, found), 0)}
      </span>
    </span>
  );
}

const FREE = 'other';
const INSTRUMENT = 'instrument';

function EntryMenu(props: {
  readonly entry: CompareEntry;
  readonly index: number;
  readonly count: number;
  readonly name: string;
}): ReactNode {
  const { entry, index, count, name } = props;
  const crystal = isCrystal(entry.source);
  const instrument = useBraggscape(state => state.inputs.instrument.wavelength);
  const anode =
    entry.wavelength === null
      ? INSTRUMENT
      : (ANODES.find(({ wavelength }) => wavelength === entry.wavelength)?.id ?? FREE);
  const change = (part: Partial<CompareEntry>): null => {
    changeEntry(index, part);
    return null;
  };
  const field = (part: keyof typeof ENTRY, value: unknown = entry[part]): ReactNode => (
    <SettingControl row={ENTRY[part]} value={value} onChange={next => change({ [part]: next })} />
  );
  const action = (label: string, act: () => void, disabled = false): ReactNode => (
    <Button small disabled={disabled} onClick={act}>
      {label}
    </Button>
  );
  return (
    <div className={styles.menu}>
      <h3>
        {index + 1} <Formula text={name} />
      </h3>
      <div className={styles.colours} role="radiogroup" aria-label="Colour">
        {Array.from({ length: COLOURS }, (_, colour) => (
          // The colours are numbered.
          // biome-ignore lint/suspicious/noArrayIndexKey: the number is the identity
          <label key={colour} style={seriesOf(colour)}>
            <input
              type="radio"
              name={`colour-${index}`}
              checked={entry.colour === colour}
              aria-label={`Colour ${colour + 1}`}
              onChange={() => change({ colour })}
            />
            <span aria-hidden="true" />
          </label>
        ))}
      </div>
      <div className={styles.grid}>
        <span>Scale</span>
        {field('scale')}
        {crystal && (
          <>
            <span>Strain</span>
            <div className={styles.two}>
              {field('strain')}
              {field('strained')}
            </div>
            <span>Radiation</span>
            <Select
              label="Radiation of this pattern"
              value={anode}
              options={[
                { value: INSTRUMENT, label: 'The instrument’s' },
                ...ANODES.map(({ id, label }) => ({ value: id, label })),
                { value: FREE, label: 'Other' },
              ]}
              onChange={id =>
                change({
                  wavelength:
                    id === INSTRUMENT
                      ? null
                      : (ANODES.find(other => other.id === id)?.wavelength ?? entry.wavelength ?? instrument),
                })
              }
            />
            <span>λ</span>
            {field('wavelength', entry.wavelength ?? instrument)}
            <span>Peak width</span>
            {field('width')}
          </>
        )}
      </div>
      <div className={styles.buttons}>
        {action('Move up', () => moveEntry(index, -1), index === 0)}
        {action('Move down', () => moveEntry(index, 1), index === count - 1)}
        {action('Duplicate', () => {
          const { source, colour: _, ...rest } = entry;
          addToCompare([[source, rest]]);
        })}
        {crystal &&
          action('Open in Explore', () => {
            chooseStructure(entry.source);
            openPage('explore');
          })}
      </div>
    </div>
  );
}
