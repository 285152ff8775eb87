import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { sliceParameter, slicePlaces } from '../../landscape/slice.ts';
import { type State, useBraggscape } from '../../state/core/store.ts';
import { askedSlice, continuedOf, knownTruth, shownStage } from '../../state/explore/selectors.ts';
import { formatNumber } from '../../ui/format.ts';
import { useMediaQuery } from '../../ui/useMediaQuery.ts';
import { useSize } from '../../ui/useSize.ts';
import { AnalysisLayer } from '../analysis/AnalysisLayer.tsx';
import { formatParameter, ParameterSymbol, plainName } from '../CellParameter.tsx';
import { MapBox, MapSurface } from '../map/MapSurface.tsx';
import { useMapScene } from '../map/useMapScene.ts';
import { modeStyle } from '../modeStyle.ts';
import panes from '../pane.module.css';
import { pathSentence } from '../pathSentence.ts';
import { type Judged, judged, useVerdicts } from '../verdict/useVerdicts.ts';
import { VerdictButtons } from '../verdict/VerdictButtons.tsx';
import { judgedWords } from '../verdict/words.ts';
import { widenedBy } from '../widthName.ts';
import { Introduction, useIntroduced } from './Introduction.tsx';
import { LandscapeHead } from './LandscapeHead.tsx';
import styles from './LandscapeView.module.css';
import { MapStatus } from './MapStatus.tsx';
import { MinimaScale } from './MinimaScale.tsx';
import { StageLadder } from './StageLadder.tsx';
import { StartBar } from './StartBar.tsx';

const EnergyBoard = lazy(() =>
  import('../energy/EnergyBoard.tsx').then(module => ({ default: module.EnergyBoard })),
);

const MetricWall = lazy(async () => ({ default: (await import('../analysis/MetricWall.tsx')).MetricWall }));
const SurfaceView = lazy(async () => ({
  default: (await import('../analysis/SurfaceView.tsx')).SurfaceView,
}));

/** Least width of the pane, pixels, for the scale of minima beside the map. */
const BESIDE = 608;
/** Room over the ladder that the map has for the name of its axis, pixels. */
const LADDER_TOP = 22;

/** The map pane: the loss over two cell parameters, with everything that happens on it. */
export function LandscapeView(): ReactNode {
  const [pane, { width: across, height: tall }] = useSize<HTMLElement>();
  const [box, size] = useSize<HTMLDivElement>();
  const scene = useMapScene(size.width, size.height);
  const failure = useBraggscape(state => state.failure);
  const shown = useBraggscape(state => state.inputs.analysis.view);
  const flat = across > 0 && across < BESIDE;
  const ladder = shown !== 'wall' && size.height > 80;
  const phone = useMediaQuery('(max-width: 759px)');
  // on a phone the pane is as high as what is in it: the ladder must not follow from the words below the map
  const upright = tall < (phone ? 0.8 : 1.25) * across;
  const energy = useBraggscape(state => state.inputs.energy.view !== 'off');
  const resting = useResting();
  const introduced = useIntroduced();
  return (
    <section className={`${panes.pane} ${styles.pane}`} aria-label="Loss landscape" ref={pane}>
      <LandscapeHead pane={pane} scene={scene} />
      {energy && scene?.slice.model ? (
        <p className={panes.empty}>
          The interatomic energy is mapped over two parameters of the cell: choose two of them as axes to see
          it.
        </p>
      ) : energy ? (
        <Suspense fallback={<p className={panes.empty}>The energy maps are being fetched.</p>}>
          <EnergyBoard />
        </Suspense>
      ) : (
        <>
          <div className={styles.body}>
            <MapBox ref={box}>
              {scene && size.width > 80 && size.height > 80 ? (
                <Suspense fallback={<p className={panes.empty}>The view is being loaded.</p>}>
                  {shown === 'map' && (
                    <MapSurface scene={scene} {...size} below={<AnalysisLayer scene={scene} />} />
                  )}
                  {shown === 'wall' && <MetricWall />}
                  {shown === 'surface' && <SurfaceView scene={scene} {...size} />}
                </Suspense>
              ) : (
                <p className={panes.empty}>{failure ?? 'The crystal is being read.'}</p>
              )}
            </MapBox>
            {scene && shown !== 'wall' && !flat && size.height > 80 && (
              <MinimaScale scene={scene} length={size.height} upright />
            )}
            {ladder && upright && <StageLadder room={size.height - LADDER_TOP} upright />}
          </div>
          {scene && shown !== 'wall' && flat && (
            <MinimaScale scene={scene} length={size.width} upright={false} />
          )}
          {ladder && !upright && <StageLadder room={across - 16} upright={false} />}
        </>
      )}
      <div className={styles.caption}>
        <StartBar />

        <MapStatus />
        <div className={styles.words}>
          {introduced ? (
            <Introduction />
          ) : (
            <>
              <VerdictLine of={resting} />
              <Caption resting={resting !== null} />
            </>
          )}
        </div>
      </div>
      <ProbeVoice />
    </section>
  );
}

/** Says where the probe is and what the loss is there, once it rests. */
function ProbeVoice(): ReactNode {
  const current = useBraggscape(state =>
    state.inputs.focus.kind === 'probe' && !state.hover ? state.current : null,
  );
  const slice = useBraggscape(askedSlice);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!current || current.point.length !== slice?.base.length) return;
    const places = slicePlaces(slice);
    const place = (['x', 'y'] as const)
      .map((axis, i) => {
        const parameter = sliceParameter(slice, axis);
        return `${plainName(parameter)} ${formatParameter(parameter, current.point[places[i]!]!)}`;
      })
      .join(', ');
    const timer = setTimeout(() => setText(`${place}, loss ${formatNumber(current.loss, 3)}`), 400);
    return () => clearTimeout(timer);
  }, [current, slice]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}

/** The path that is followed, with its verdict, once the player rests at its end. */
function useResting(): Judged | null {
  const all = useVerdicts();
  const { start, follow, playing, step } = useBraggscape(state => state.play);
  const of = all.find(({ run }) => run.start === start && run.mode === follow);
  return of && !playing && step >= of.run.count - 1 ? of : null;
}

/** The verdict on the path that is followed, on a line of its own. */
function VerdictLine({ of }: { of: Judged | null }): ReactNode {
  const known = useBraggscape(state => knownTruth(state) !== null);
  if (!of) return null;
  const words = judgedWords(of, known);
  return (
    <p className={styles.verdict} data-testid="verdict-line">
      <b>
        {modeStyle(of.run.mode).name}: {words}.
      </b>{' '}
      <VerdictButtons of={of} />
    </p>
  );
}

function Caption({ resting }: { resting: boolean }): ReactNode {
  const slice = useBraggscape(askedSlice);
  const missing = useBraggscape(state => state.missing);
  const measured = useBraggscape(state => state.inputs.measured.id !== null);
  const story = useBraggscape(continuedStory);
  if (missing) return <p className="caution">No such crystal: {missing}.</p>;
  if (story) return <p>{story}</p>;
  if (resting) return null;
  if (!slice) return <p>What can be moved of this crystal is being worked out.</p>;
  return (
    <p>
      Each pixel is this crystal with <ParameterSymbol of={sliceParameter(slice, 'x')} /> and{' '}
      <ParameterSymbol of={sliceParameter(slice, 'y')} /> changed; its colour says how unlike its powder
      pattern is to {measured ? 'the measured' : 'the true'} one. Click to drop three descents.
    </p>
  );
}

/** Words on the continued path where it stands; null while another path is followed. */
function continuedStory(state: State): string | null {
  const stage = shownStage(state);
  const run = continuedOf(state);
  if (stage === null || !run) return null;
  const width = run.widths[stage]!;
  if (width === 0)
    return `Continued, beyond the paper. ${pathSentence(
      run,
      judged(state).some(entry => entry.run === run && entry.verdict.kind === 'reached'),
    )}`;
  const words =
    stage === 0 ? 'what was rough is one smooth bowl' : 'the map sharpens around where the last stage ended';
  const widened = widenedBy(width, run.smoothing);
  return `${widened[0]!.toUpperCase()}${widened.slice(1)} in both patterns: ${words}. The others stand where they ended.`;
}
