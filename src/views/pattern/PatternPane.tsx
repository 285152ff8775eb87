import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import { setView } from '../../state/actions.ts';
import { useBraggscape } from '../../state/store.ts';
import { PatternCanvas } from './PatternCanvas.tsx';
import { PatternTools } from './PatternTools.tsx';
import type { Picture } from './paintPattern.ts';
import './pattern.css';
import { type KeyAction, keyAction } from './patternKeys.ts';
import { cursorAt, peakSummary, spokenReadout, stepCursor } from './peakReadout.ts';
import { Readout } from './Readout.tsx';
import {
  type CurrentScene,
  EXPLORER_LOOK,
  type PatternLook,
  type TargetScene,
  type ViewSettings,
} from './scene.ts';
import { wavelengthText } from './wavelengthText.ts';
import { asZoom, clampRange, panned, type Range, zoomed } from './zoom.ts';

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export interface PatternPaneProps {
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly title: string;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** One line beside the title, covered while a peak is pointed at. */
  readonly status: ReactNode;
  readonly look?: PatternLook;
}

/** Pattern, reflections and difference of two crystals, with what pointer and keys do in it. */
export function PatternPane(props: PatternPaneProps): ReactNode {
  const { target, current, title, label, status, look } = props;
  const axis = useBraggscape(state => state.inputs.view.axis);
  const intensity = useBraggscape(state => state.inputs.view.intensity);
  const style = useBraggscape(state => state.inputs.view.style);
  const zoom = useBraggscape(state => state.inputs.view.zoom);
  const view = useMemo((): ViewSettings => {
    const range = zoom ? clampRange(zoom, target.instrument) : target.home;
    return { axis, intensity, style, range, ...(look && { look }) };
  }, [axis, intensity, style, zoom, target, look]);
  const names = look ?? EXPLORER_LOOK;
  const shown = useRef<Picture | null>(null);
  const [pointer, setPointer] = useState<number | null>(null);
  /** 2θ of the peak that was clicked or reached by keys. */
  const [picked, setPicked] = useState<number | null>(null);
  const [spoken, setSpoken] = useState('');
  const at = pointer ?? picked;
  const cursor = useMemo(() => (at === null ? null : cursorAt(target, current, at)), [at, target, current]);

  const setRange = (range: Range): void => setView({ zoom: asZoom(range, target.home) });
  const reset = (): void => {
    setView({ zoom: null });
    setPicked(null);
  };
  const pick = (twoTheta: number): void => {
    const found = cursorAt(target, current, twoTheta);
    setPicked(found ? target.side.peaks[found.target]!.twoTheta : null);
  };
  const step = (direction: 1 | -1): void => {
    const from = picked ?? (direction > 0 ? view.range[0] : view.range[1]);
    const next = stepCursor(target, current, from, direction);
    if (!next) return;
    const { twoTheta } = target.side.peaks[next.target]!;
    const [low, high] = view.range;
    if (twoTheta < low || twoTheta > high) {
      const half = 0.5 * (high - low);
      setRange(clampRange([twoTheta - half, twoTheta + half], target.instrument));
    }
    setPicked(twoTheta);
    setSpoken(spokenReadout(target, current, next));
  };
  const act = (action: KeyAction): void => {
    if (action.kind === 'pan') setRange(panned(view.range, action.share, axis, target.instrument));
    else if (action.kind === 'zoom')
      setRange(zoomed(view.range, action.factor, 0.5, axis, target.instrument));
    else if (action.kind === 'step') step(action.direction);
    else if (action.kind === 'reset') reset();
    else setPicked(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = keyAction(event.key);
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(action);
  };

  return (
    <>
      <header className="pattern-head">
        <div className="pattern-lead">
          <h2>{title}</h2>
          <span className="pattern-legend" aria-hidden="true">
            <span className="swatch-target" /> {names.target}
            {(current || !look) && (
              <>
                {' '}
                <span className="swatch-current" /> {names.current}
              </>
            )}
          </span>
          <div className="pattern-slot">
            <div className={cursor ? 'pattern-status covered' : 'pattern-status'}>{status}</div>
            {cursor && <Readout target={target} current={current} cursor={cursor} look={look} />}
          </div>
        </div>
        <span className="pattern-wavelength">{wavelengthText(target.instrument.wavelength)}</span>
        <PatternTools shown={shown} />
      </header>
      <PatternCanvas
        target={target}
        current={current}
        view={view}
        cursor={cursor}
        pointer={pointer}
        shown={shown}
        label={label}
        onPoint={setPointer}
        onPick={pick}
        onRange={setRange}
        onReset={reset}
        onKeyDown={onKeyDown}
      />
      <div className="visually-hidden">
        <p>{peakSummary(capital(names.target), target, target.side.peaks)}</p>
        {current && <p>{peakSummary(capital(names.current), target, current.side.peaks)}</p>}
        <p id="pattern-keys">
          Left and right arrows pan, plus and minus zoom, Home shows everything, comma and full stop go to the
          previous and next reflection.
        </p>
        <p aria-live="polite">{spoken}</p>
      </div>
    </>
  );
}
