import { type ReactNode, useState } from 'react';
import { reasonOf } from '../../num/reasonOf.ts';
import { notify } from '../../state/core/notices.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { dropTarget, setMeasured } from '../../state/files/measuredActions.ts';
import { MEASURED } from '../../state/files/measuredSettings.ts';
import { fittedScale } from '../../state/files/measuredTarget.ts';
import { fitZeroShift } from '../../state/files/zeroShift.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { formatNumber } from '../../ui/format.ts';
import { IconButton } from '../../ui/Icon.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import rail from '../Section.module.css';
import { Row, Section } from '../Section.tsx';
import { SettingControl } from '../SettingControl.tsx';
import { SettingRow } from '../SettingRow.tsx';
import files from './FilesDialog.module.css';
import styles from './MeasuredSection.module.css';

/** The measured pattern that is the target: zero shift, scale, background, what does not count. */
export function MeasuredSection(): ReactNode {
  const settings = useBraggscape(state => state.inputs.measured);
  const name = useBraggscape(
    state => state.inputs.userFiles.patterns.find(({ id }) => id === settings.id)?.name ?? 'Measured pattern',
  );
  const measured = useBraggscape(state => state.measured);
  return (
    <Section
      group="measured"
      title="Measured target"
      about="the measured target"
      help={[
        'The map and the descents compare simulated patterns of this crystal with the measured one. The star is the crystal’s own cell; nobody knows where the least loss is.',
        'Zero shift: the true 2θ is the measured one minus it. Background is taken off before anything else: SNIP clips peaks narrower than twice its half width (Ryan et al. 1988), Chebyshev fits a polynomial with the peaks clipped away. What is left below zero counts as 0.',
        'Scale is the height of the simulated pattern over the measured one. No loss of this page depends on it (cosine and entropy by their form, MSE because each pattern is divided by its highest point); it is fitted by least squares and drawn.',
      ]}
      aside={
        <Button kind="text" onClick={dropTarget}>
          Use the simulated pattern
        </Button>
      }
    >
      <p className={styles.name}>
        <b>{name}</b>
      </p>
      <SettingRow of="measured.zeroShift">
        <Button
          small
          title="The shift of least loss for the current crystal"
          onClick={async () => {
            const reason = await fitZeroShift().catch(reasonOf);
            if (reason) notify({ id: 'zero', tone: 'info', text: reason });
          }}
        >
          Fit
        </Button>
      </SettingRow>
      <ScaleRow />
      <SettingRow of="measured.background" />
      {settings.background === 'snip' && <SettingRow of="measured.halfWidth" />}
      {settings.background === 'chebyshev' && <SettingRow of="measured.degree" />}
      <RangeRow />
      <Excluded />
      {measured?.warnings.map(text => (
        <p key={text} className={rail.note}>
          {text}.
        </p>
      ))}
    </Section>
  );
}

/** Fitted unless a number is given. */
function ScaleRow(): ReactNode {
  const scale = useBraggscape(state => state.inputs.measured.scale);
  const measured = useBraggscape(state => state.measured);
  const current = useBraggscape(state => state.current);
  const fitted =
    measured && current && current.problem.target === measured.pattern
      ? fittedScale(measured.pattern, current.pattern, measured.excluded)
      : 0;
  return (
    <Row label="Scale" differs={scale !== null}>
      <Checkbox
        checked={scale === null}
        onChange={automatic => setMeasured({ scale: automatic || fitted <= 0 ? null : fitted })}
      >
        fitted{scale === null && fitted > 0 ? `, ${fitted.toPrecision(4)}` : ''}
      </Checkbox>
      {scale !== null && (
        <SettingControl
          row={{ ...MEASURED.scale, step: Number((0.02 * scale).toPrecision(1)) }}
          value={scale}
          onChange={value => void setMeasured({ scale: value as number })}
        />
      )}
    </Row>
  );
}

function RangeRow(): ReactNode {
  const range = useBraggscape(state => state.inputs.measured.range);
  const { twoThetaMin, twoThetaMax } = useBraggscape(state => state.inputs.instrument);
  const [from, to] = range ?? [twoThetaMin, twoThetaMax];
  const change = (next: readonly [number, number]): string | null => {
    if (!(next[0] < next[1])) return `${next[0]}° is not below ${next[1]}°`;
    setMeasured({ range: next[0] <= twoThetaMin && next[1] >= twoThetaMax ? null : next });
    return null;
  };
  const field = { unit: '°', step: 1, steppers: false, min: 0, max: 180, decimals: 3 };
  return (
    <Row label="Counts from" differs={range !== null}>
      <NumberField {...field} label="Counts from" value={from} onChange={value => change([value, to])} />
      <NumberField {...field} label="Counts to" value={to} onChange={value => change([from, value])} />
    </Row>
  );
}

/** Regions that no loss sees. */
function Excluded(): ReactNode {
  const excluded = useBraggscape(state => state.inputs.measured.excluded);
  const zoom = useBraggscape(state => state.inputs.view.zoom);
  const [draft, setDraft] = useState<readonly [number, number]>([30, 31]);
  const full = excluded.length >= MEASURED.excluded.codec.most;
  const add = (region: readonly [number, number]): void => {
    if (region[0] < region[1]) setMeasured({ excluded: [...excluded, region].sort((p, q) => p[0] - q[0]) });
    else notify({ id: 'excluded', tone: 'info', text: `${region[0]}° is not below ${region[1]}°.` });
  };
  const field = { unit: '°', step: 0.5, steppers: false, min: 0, max: 180 };
  return (
    <>
      <p className={rail.note}>Left out of every loss</p>
      <ul className={files.list}>
        {excluded.map((region, i) => (
          <li key={region.join()}>
            <span className={files.grow}>
              {formatNumber(region[0], 2)}°–{formatNumber(region[1], 2)}°
            </span>
            <IconButton
              name="close"
              label={`Let ${region[0]} to ${region[1]} degrees count`}
              small
              onClick={() => setMeasured({ excluded: excluded.filter((_, k) => k !== i) })}
            />
          </li>
        ))}
      </ul>
      {full ? (
        <p className="quiet">At most {MEASURED.excluded.codec.most} regions.</p>
      ) : (
        <>
          <Row label="Leave out">
            {(['from', 'to'] as const).map((end, i) => (
              <NumberField
                key={end}
                {...field}
                label={`Leave out ${end}`}
                value={draft[i]!}
                onChange={value => void setDraft(i ? [draft[0], value] : [value, draft[1]])}
              />
            ))}
          </Row>
          <div className={rail.buttons}>
            <Button small onClick={() => add(draft)}>
              Leave out
            </Button>
            {zoom && (
              <Button small onClick={() => add(zoom)}>
                Leave out what is zoomed
              </Button>
            )}
          </div>
        </>
      )}
    </>
  );
}
