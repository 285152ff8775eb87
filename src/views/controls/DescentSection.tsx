import type { ReactNode } from 'react';
import { FAMILIES, type FamilyId, familyOf } from '../../crystal/family.ts';
import { type SliceModel, sliceParameter } from '../../landscape/slice.ts';
import { isCoordinate } from '../../model/parameter.ts';
import { differing } from '../../state/core/settings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setDescent, toggleContinued, toggleMode } from '../../state/explore/actions.ts';
import { DESCENT, type DescentInputs } from '../../state/explore/exploreSettings.ts';
import { askedSlice, chosenFamily } from '../../state/explore/selectors.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { formatNumber, formatPlain, formatRate } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Select } from '../../ui/Select.tsx';
import { ParameterSymbol } from '../CellParameter.tsx';
import { CONTINUED_STYLE, MODE_STYLES, PATH_STYLES } from '../modeStyle.ts';
import { SampleLine } from '../SampleLine.tsx';
import rail from '../Section.module.css';
import { Differs, Section } from '../Section.tsx';
import { GroupDiffers, SettingRow } from '../SettingRow.tsx';
import { StableRateButton } from '../verdict/VerdictButtons.tsx';
import styles from './DescentSection.module.css';

/** Start, moving parameters, size of the steps and end of the descents. */
export function DescentSection(): ReactNode {
  const descent = useBraggscape(state => state.inputs.descent);
  const slice = useBraggscape(askedSlice);
  const family = useBraggscape(chosenFamily);
  const ownFamily = useBraggscape(state => state.structure?.family ?? null);
  // what is about the shape of the cell has no place where that stays
  const still = slice?.model?.cellMoves === false;
  const differs = useBraggscape(({ inputs }) =>
    differing(inputs, 'descent').some(({ name }) => FOLDED.has(name)),
  );
  const whole = slice?.model ? wholeSpace(slice.model) : null;
  return (
    <Section
      group="descent"
      title="Descent"
      info={
        <Info about="the descents">
          {PATH_STYLES.map(style => (
            <p key={style.id}>
              <b style={{ color: style.text }}>{style.name}</b>: {style.meaning}
            </p>
          ))}
          <p>
            θ ← θ − rate · ∂loss/∂θ, lengths in Å, angles in degrees and fractional coordinates with the same
            rate, float64 on the CPU (paper, sections 2.4, 3.1.1 and S1.4).
          </p>
          <p>
            The continued path smooths target and trial alike with a Gaussian, ladders of widths one after
            another, and steps in logarithms of lengths and in radians (Levenberg–Marquardt on the cosine,
            BFGS on the other losses). The target is smoothed from itself: nothing of the true cell is used.
            Shown is the widest ladder that leads to the lowest loss.
          </p>
        </Info>
      }
      aside={<GroupDiffers group="descent" />}
    >
      {whole !== '' && (
        <SettingRow
          of="descent.space"
          glyphs={
            slice?.model
              ? { slice: 'These two', full: whole }
              : slice === null
                ? undefined
                : {
                    slice: (
                      <>
                        <ParameterSymbol of={sliceParameter(slice, 'x')} />,{' '}
                        <ParameterSymbol of={sliceParameter(slice, 'y')} />
                      </>
                    ),
                  }
          }
        />
      )}
      <SettingRow of="descent.learningRate" />
      <RateNote />
      {MODE_STYLES.map(style => (
        <Checkbox
          key={style.id}
          checked={descent.modes.includes(style.id)}
          onChange={checked => toggleMode(style.id, checked)}
        >
          <SampleLine style={style} />
          {style.name}
        </Checkbox>
      ))}
      <Checkbox checked={descent.continued} onChange={toggleContinued}>
        <SampleLine style={CONTINUED_STYLE} />
        {CONTINUED_STYLE.name} <span className="quiet">beyond the paper</span>
      </Checkbox>
      <details className={styles.fold}>
        <summary>
          More{differs && <Differs />}{' '}
          <span className="quiet">{foldedWords(descent, still ? null : familyOf(family).label)}</span>
        </summary>
        {!still && (
          <SettingRow
            of="descent.family"
            label="Family"
            control={
              <Select
                label="Crystal family of the projector"
                value={family}
                options={FAMILIES.map(entry => ({
                  value: entry.id,
                  label: entry.id === ownFamily ? entry.label : `${entry.label} (not this crystal’s)`,
                }))}
                onChange={(id: FamilyId) => setDescent({ family: id === ownFamily ? null : id })}
              />
            }
          />
        )}
        {!still && descent.space === 'slice' && <SettingRow of="descent.reading" />}
        <SettingRow of="descent.momentum" />
        {!still && <SettingRow of="descent.jitter" />}
        <SettingRow of="descent.maxIterations" />
        <SettingRow of="descent.stopGain" />
      </details>
    </Section>
  );
}

/** Settings of the descents that are folded away until asked for. */
const FOLDED: ReadonlySet<string> = new Set([
  'family',
  'reading',
  'momentum',
  'jitter',
  'maxIterations',
  'stopGain',
]);

/** The state of what is folded away. @param family null where the shape of the cell stays */
function foldedWords(descent: DescentInputs, family: string | null): string {
  const { reading, space, momentum, jitter, maxIterations, stopGain } = descent;
  return [
    ...(family === null ? [] : [family.toLowerCase()]),
    ...(family === null || space === 'full' ? [] : [String(DESCENT.reading.codec.words[reading])]),
    `momentum ${formatPlain(momentum)}`,
    ...(family === null ? [] : [`jitter ${formatPlain(jitter)}°`]),
    `at most ${formatNumber(maxIterations, 0)} steps`,
    `gain from ${formatPlain(stopGain)}`,
  ].join(', ');
}

/** What moves in the whole space of a model; empty: no more than the two axes. */
function wholeSpace({ x, y, cellMoves }: SliceModel): string {
  const atoms = [x, y].some(isCoordinate);
  if (atoms) return cellMoves ? 'Cell, atoms' : 'Every atom';
  return cellMoves ? 'Whole cell' : '';
}

/** The stable learning rate at the truth, as a warning where the chosen one is above it. */
function RateNote(): ReactNode {
  const stable = useBraggscape(state => state.stableRate);
  const rate = useBraggscape(state => state.inputs.descent.learningRate);
  // Its line is there before it is, so that nothing below moves.
  if (stable === null) return <p className={rail.note}>{'\u00a0'}</p>;
  const limit = formatRate(stable);
  return (
    <p className={rate > stable ? `${rail.note} ${rail.caution}` : rail.note}>
      {rate > stable ? (
        <>
          Above {limit}, the stable rate 2/λ at the truth: steps there hop across the valley.{' '}
          <StableRateButton />
        </>
      ) : (
        `Stable at the truth up to ${limit}.`
      )}
    </p>
  );
}
