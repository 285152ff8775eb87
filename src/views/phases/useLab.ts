import { useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { type Contribution, contributions } from '../../phasing/contributions.ts';
import type { PhasedReflections } from '../../phasing/lab/reflectionTable.ts';
import type { Fract } from '../../phasing/positions.ts';
import { useBraggscape, useSeveral } from '../../state/core/store.ts';
import { shiftedSites } from '../../state/phases/phasesActions.ts';
import type { PhasesInputs } from '../../state/phases/phasesSettings.ts';
import { type CurrentScene, currentScene, type TargetScene } from '../pattern/scene.ts';
import { usePatternScene } from '../pattern/usePatternScene.ts';
import { findRow, type ReflectionRow, rowAt, spreadOf, strongestFirst, TELLING } from './reflections.ts';

/** One setting of the laboratory. */
export const useLab = <K extends keyof PhasesInputs>(key: K): PhasesInputs[K] =>
  useBraggscape(state => state.inputs.phases[key]);

/** Several settings of the laboratory. */
export const useLabs = <const K extends readonly (keyof PhasesInputs)[]>(
  ...keys: K
): { readonly [I in keyof K]: PhasesInputs[K[I]] } =>
  useSeveral(({ inputs }) => keys.map(key => inputs.phases[key])) as never;

/** The list on screen: that of the moved atoms, or that of the chosen phases. */
export function useReflections(): PhasedReflections | null {
  const experiment = useLab('experiment');
  const waves = useBraggscape(state => state.phases.waves.value);
  const maps = useBraggscape(state => state.phases.maps.value);
  return (experiment === 'waves' ? waves?.reflections : maps?.reflections) ?? null;
}

/** The chosen reflection; where none was chosen, a strong one whose arrows spread. */
export function useReflection(): { hkl: Fract; row: ReflectionRow | null } | null {
  const chosen = useLab('hkl');
  const list = useReflections();
  const structure = useBraggscape(state => state.structure);
  return useMemo(() => {
    if (!list) return chosen && { hkl: chosen, row: null };
    if (chosen) return { hkl: chosen, row: findRow(list, chosen) };
    const row = structure && tellingRow(structure, list);
    return row && { hkl: row.hkl, row };
  }, [chosen, list, structure]);
}

/** Arrows that are looked at in search of a telling reflection: some ms. */
const MOST_ARROWS = 50_000;

/** The strongest reflection whose arrows do not all lie on one line; the strongest of all where there is none. */
export function tellingRow(structure: Structure, list: PhasedReflections): ReflectionRow | null {
  const order = strongestFirst(list);
  const tells = (at: number): boolean =>
    spreadOf(contributions(structure, [...rowAt(list, at).hkl])) > TELLING;
  const tried = Math.min(200, Math.floor(MOST_ARROWS / structure.sites.length));
  const best = order.slice(0, tried).find(at => list.amplitude[at]! > 1 && tells(at)) ?? order[0];
  return best === undefined ? null : rowAt(list, best);
}

/** The sites as they are now. */
export function useMovedSites(structure: Structure): Structure['sites'] {
  const moves = useLab('moves');
  return useMemo(() => shiftedSites(structure, moves), [structure, moves]);
}

/** The arrows of a reflection for given sites, all moved by an origin shift. */
export function useContributions(
  structure: Structure,
  sites: Structure['sites'],
  hkl: Fract | null,
  origin: Fract,
): readonly Contribution[] {
  return useMemo(() => {
    if (!hkl) return [];
    const shifted = sites.map(site => ({
      ...site,
      fract: site.fract.map((value, i) => value + origin[i]!) as unknown as Fract,
    }));
    return contributions({ cell: structure.cell, sites: shifted }, [...hkl]);
  }, [structure, sites, hkl, origin]);
}

/** The pattern of the loaded crystal, and the one that the laboratory computed beside it. */
export function useLabScene(): { target: TargetScene | null; other: CurrentScene | null } {
  const { target } = usePatternScene();
  const pattern = useBraggscape(state => state.phases.pattern.value);
  const other = useMemo(() => {
    if (!target || !pattern || pattern.values.length !== target.side.values.length) return null;
    return currentScene(target, pattern.values, pattern);
  }, [target, pattern]);
  return { target, other };
}
