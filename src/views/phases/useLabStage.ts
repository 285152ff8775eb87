import { type RefObject, useEffect, useRef, useState } from 'react';
import type { DrawnAtom } from '../cell/cellAtoms.ts';
import { type Held, listenToPointers } from '../cell/gestures.ts';
import { createStage, type Stage, type StageScene } from '../cell/stage.ts';
import { type UsedPainter, useCellPainter } from '../cell/useCellPainter.ts';
import { watchStage } from '../cell/watchStage.ts';

export interface LabStage extends Omit<UsedPainter, 'painter'> {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly stage: RefObject<Stage | null>;
  readonly atoms: readonly DrawnAtom[];
}

export interface StageTargets {
  onHover?(atom: number | null): void;
  onClick?(atom: number | null): void;
  /** Takes hold of an atom; null leaves the drag to the view. */
  grab?(atom: number, stage: Stage): Held | null;
}

/** The explorer's cell stage in a pane of the laboratory: the scene comes in, what is pointed at goes out. */
export function useLabStage(scene: StageScene | null, targets: StageTargets): LabStage {
  const host = useRef<HTMLDivElement>(null);
  const stage = useRef<Stage>(null);
  const latest = useRef(targets);
  useEffect(() => {
    latest.current = targets;
  });
  const [atoms, setAtoms] = useState<readonly DrawnAtom[]>([]);
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const labels = [...element.querySelectorAll<HTMLElement>('[data-axis]')];
    const made = createStage({ host: element, labels, onAtoms: setAtoms, onFactor: () => {} });
    stage.current = made;
    const stop = [
      listenToPointers(element, {
        stage: made,
        onHover: (x, y) => latest.current.onHover?.(made.pick(x, y)),
        onLeave: () => latest.current.onHover?.(null),
        onClick: (x, y) => latest.current.onClick?.(made.pick(x, y)),
        grab: (x, y) => {
          const atom = made.pick(x, y);
          return atom === null ? null : (latest.current.grab?.(atom, made) ?? null);
        },
      }),
      watchStage(element, made),
    ];
    return () => {
      for (const each of stop) each();
      made.dispose();
      stage.current = null;
    };
  }, []);
  const { drawing, retry } = useCellPainter(host, stage);
  useEffect(() => {
    if (scene) stage.current?.show(scene);
  }, [scene]);
  return { host, stage, drawing, retry, atoms };
}
