import type { ReactNode } from 'react';
import { MATCH_ORDER } from '../../matching/matcher.ts';
import { COORDINATES_OF_BOTH } from '../../noise/noise.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setStudy } from '../../state/study/studySettings.ts';
import type { Criterion } from '../../study/summary.ts';
import { Chart } from '../../ui/Chart.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { SettingInput } from '../SettingRow.tsx';
import styles from './RatePanel.module.css';
import { StudyPanel } from './StudyPanel.tsx';
import { settingStyle } from './settingStyle.ts';
import { countRange, isDescent, ratesOf, type SettingRate, type Shown } from './shown.ts';

interface Cluster {
  readonly sigma: number;
  /** Bars that stand in one another's place, that behind first. */
  readonly slots: readonly (readonly SettingRate[])[];
  readonly lines: readonly SettingRate[];
}

const clustersOf = ({ levels, settings, trials }: Shown, criterion: Criterion): Cluster[] =>
  levels.map(sigma => {
    const all = ratesOf(
      trials.filter(trial => trial.sigma === sigma),
      settings,
      criterion,
    );
    const bars = all.filter(({ setting }) => isDescent(setting));
    const slotOf = ({ setting }: SettingRate): string => settingStyle(setting).slot;
    const slots = [...new Set(bars.map(slotOf))].map(name => bars.filter(bar => slotOf(bar) === name));
    return {
      sigma,
      slots: slots.map(slot => slot.toReversed()),
      lines: all.filter(({ setting }) => !isDescent(setting)),
    };
  });

const percent = (share: number): string => `${formatNumber(100 * share, 0)}${THIN}%`;

const X_TITLES = {
  lattice: 'lattice distortion σ',
  coordinates: 'coordinate distortion σ, unit fraction',
  both: `lattice distortion σ, coordinates ${COORDINATES_OF_BOTH} as well`,
} as const;

const TITLES = {
  match: 'Match rate',
  unscaled: 'Match rate without scaling of the volume',
  strict: 'Strict recovery',
} as const;

/** Success against distortion, with the criterion. */
export function RatePanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const criterion = useBraggscape(state => state.inputs.study.criterion);
  const clusters = clustersOf(shown, criterion);
  const counts = clusters.flatMap(({ slots }) => slots.flat().map(({ rate }) => rate.n));
  return (
    <StudyPanel
      title={TITLES[criterion]}
      about="the rates"
      help={[
        'Share of trials whose crystal at the end counts as the truth, with the 95 % Jeffreys interval (the prior Beta(½, ½), equal tails).',
        '**Match**: StructureMatcher of pymatgen with the paper’s tolerances (0.1, 0.2, 5°), which brings both crystals to one volume first. **Unscaled**: the same without that. **Strict**: all lengths within 0.5 % and all angles within 0.5° of the truth; for coordinates a match with no atom further off than 0.05 Å.',
        MATCH_ORDER,
        'Beyond the paper, in ink and from the same copies: a width continuation with the crystal family held or all six parameters free on the lattice, a quasi-Newton descent on coordinates and on both; in the same place, pale, with up to 20 or 100 starts. VC-GPWDF is the search of the literature.',
        'The dotted line is the distorted crystal before any descent, the dashed one its projection onto the crystal family, again without any descent: since the matcher rescales, a projected cubic cell matches whatever its length. The bars of the paper’s Figure 1 exist only as a picture, so nothing is drawn for them.',
      ]}
      note={`n = ${countRange(counts)} a bar, 95 % Jeffreys intervals`}
      tools={<SettingInput of="study.criterion" small undoable={false} />}
    >
      <RateChart clusters={clusters} level={level} />
      <ul className={styles.legend}>
        {shown.settings.map(setting => {
          const style = settingStyle(setting);
          return (
            <li key={setting}>
              <svg width="22" height="12" stroke={style.line} aria-hidden="true">
                {isDescent(setting) ? (
                  <>
                    <rect
                      x="4"
                      y="2"
                      width="12"
                      height="10"
                      stroke="none"
                      fill={style.line}
                      fillOpacity={style.fill}
                    />
                    <path d="M4 2h12" strokeWidth={2.5} />
                  </>
                ) : (
                  <path d="M0 6h22" strokeWidth={1.8} strokeDasharray={style.dash} />
                )}
              </svg>
              {style.name}
            </li>
          );
        })}
      </ul>
    </StudyPanel>
  );
}

/** Success against distortion: bars with Jeffreys intervals, the two baselines as lines across them. */
function RateChart({ clusters, level }: { clusters: readonly Cluster[]; level: number | null }): ReactNode {
  const { criterion, noise } = useBraggscape(state => state.inputs.study);
  const most = Math.max(1, ...clusters.map(({ slots }) => slots.length));
  return (
    <Chart
      name="rates"
      className={styles.chart}
      label={inWords(clusters, criterion)}
      margin={{ left: 44, right: 12, top: 40, bottom: 42 }}
      x={{
        range: [0, clusters.length],
        title: X_TITLES[noise],
        ticks: clusters.map((_, i) => i + 0.5),
        format: at => {
          const { sigma } = clusters[at - 0.5]!;
          return <tspan className={sigma === level ? styles.chosen : undefined}>{sigma}</tspan>;
        },
      }}
      y={{
        range: [0, 1],
        title: TITLES[criterion],
        ticks: [0, 0.25, 0.5, 0.75, 1],
        format: share => (share === 1 ? percent(1) : 100 * share),
      }}
    >
      {({ x, y, top, bottom }) => {
        const step = x(1) - x(0);
        const slot = Math.min(50, (step - 14) / most);
        // Rates of neighbours stand on two lines where one has no room for them.
        const tight = slot < 20;
        const barWidth = Math.min(30, slot - Math.min(8, 0.3 * slot));
        return clusters.map(({ sigma, slots, lines }, i) => {
          const middle = x(i + 0.5);
          const left = middle - (slot * slots.length) / 2;
          const half = Math.max(20, (slot * Math.max(1, slots.length)) / 2);
          const bars = slots.flatMap((stack, k) =>
            stack.map((bar, j) => ({ ...bar, k, j, of: stack.length })),
          );
          return (
            // The level can be chosen in the panel beside too.
            // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer
            <g key={sigma} className={styles.cluster} onClick={() => setStudy({ level: sigma }, false)}>
              <rect x={x(i)} y={top} width={step} height={bottom - top} fill="transparent" />
              {bars.map(({ setting, rate, k }) => {
                const { line, fill } = settingStyle(setting);
                const at = left + slot * k + (slot - barWidth) / 2;
                const height = y(0) - y(rate.share);
                return (
                  <g key={setting}>
                    <rect
                      x={at}
                      y={y(rate.share)}
                      width={barWidth}
                      height={height}
                      fill={line}
                      fillOpacity={fill}
                    />
                    <path d={`M${at} ${y(rate.share)}h${barWidth}`} stroke={line} strokeWidth={2.5} />
                  </g>
                );
              })}
              {lines.map(({ setting, rate }) => (
                <path
                  key={setting}
                  d={`M${middle - half} ${y(rate.share)}h${2 * half}`}
                  stroke={settingStyle(setting).line}
                  strokeWidth={1.8}
                  strokeDasharray={settingStyle(setting).dash}
                />
              ))}
              {bars.map(({ setting, rate, k, j, of }) => {
                const at = left + slot * (k + 0.5) + (of / 2 - 0.5 - j) * 0.4 * barWidth;
                const [low, high] = rate.interval;
                const cap = Math.min(4, 0.25 * barWidth);
                const d = `M${at - cap} ${y(high)}h${2 * cap}M${at} ${y(high)}V${y(low)}M${at - cap} ${y(low)}h${2 * cap}`;
                return (
                  <g key={setting}>
                    <path d={d} stroke="var(--panel)" strokeWidth={3.6} />
                    <path d={d} stroke="var(--ink)" strokeWidth={1.3} />
                    {j === 0 && (
                      <text
                        x={left + slot * (k + 0.5)}
                        y={Math.max(12, y(high) - 7 - (tight && k % 2 ? 11 : 0))}
                        textAnchor="middle"
                        className={styles.rate}
                        style={{ fill: settingStyle(setting).text, fontSize: slot < 28 ? 9.5 : undefined }}
                      >
                        {slot < 36 ? formatNumber(100 * rate.share, 0) : percent(rate.share)}
                      </text>
                    )}
                  </g>
                );
              })}
            </g>
          );
        });
      }}
    </Chart>
  );
}

function inWords(clusters: readonly Cluster[], criterion: Criterion): string {
  const rates = clusters.map(
    ({ sigma, slots, lines }) =>
      `σ ${sigma}: ${[...lines, ...slots.flat()].map(({ setting, rate }) => `${settingStyle(setting).name} ${percent(rate.share)} of ${rate.n}`).join(', ')}`,
  );
  return `Share of trials that count as ${criterion}. ${rates.join('. ')}.`;
}
