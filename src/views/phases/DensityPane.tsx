import { type ReactNode, useCallback } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { DensityMap } from '../../phasing/lab/densityMap.ts';
import { formatNumber } from '../../ui/format.ts';
import { drawnRadius } from '../cell/cellAtoms.ts';
import { elementInk } from './elementInk.ts';
import { Pane, PaneNote } from './Pane.tsx';
import type { SectionMark } from './paintSection.ts';
import { SectionMap } from './SectionMap.tsx';
import { SurfaceCell } from './SurfaceCell.tsx';
import { sectionAtoms } from './sectionFrame.ts';
import { useLab } from './useLab.ts';

export interface DensityPaneProps {
  readonly title: ReactNode;
  readonly sub: ReactNode;
  /** Name for those who do not see it. */
  readonly name: string;
  readonly structure: Structure;
  readonly map: DensityMap | null;
  /** The density that is darkest, one for all maps on screen. */
  readonly darkest: number;
  readonly tone: 'current' | 'truth';
  readonly stale: boolean;
  readonly failure: string | null;
  /** Another crystal whose atoms are marked by crosses, at their fractional coordinates. */
  readonly lender?: Structure | null;
  /** The true atoms are where density should be, not where it is: dashed. */
  readonly faint?: boolean;
}

const NO_SITES: Structure['sites'] = [];

/** A density, as a section with contours or as a surface in the cell. */
export function DensityPane(props: DensityPaneProps): ReactNode {
  const {
    title,
    sub,
    name,
    structure,
    map,
    darkest,
    tone,
    stale,
    failure,
    lender = null,
    faint = false,
  } = props;
  const [plane, height, negative, atoms, picture] = [
    useLab('plane'),
    useLab('height'),
    useLab('negative'),
    useLab('atoms'),
    useLab('picture'),
  ];
  const marks = useCallback(
    (panel: string): SectionMark[] => {
      if (!atoms) return [];
      const own = sectionAtoms(structure.sites, structure.cell, plane, height).map(
        ({ site, u, v, away }): SectionMark => {
          const { element } = structure.sites[site]!;
          const colour = elementInk(element, panel);
          const text = faint ? '' : element;
          const radius = Math.max(4.5, 8 * drawnRadius(element));
          return { u, v, shape: 'ring', colour, text, radius, faint: faint || Math.abs(away) > 0.25 };
        },
      );
      const lent = lender
        ? sectionAtoms(lender.sites, structure.cell, plane, height).map(
            ({ site, u, v, away }): SectionMark => ({
              u,
              v,
              shape: 'cross',
              colour: currentColour(),
              text: lender.sites[site]!.element,
              radius: 0,
              faint: Math.abs(away) > 0.25,
            }),
          )
        : [];
      return [...own, ...lent];
    },
    [atoms, structure, plane, height, lender, faint],
  );
  const label = map
    ? `${name}: highest ${formatNumber(map.highest, 1)}, lowest ${formatNumber(map.lowest, 1)} electrons per cubic angstrom.`
    : name;
  return (
    <Pane title={title} sub={sub} stale={stale && map !== null}>
      {failure && <PaneNote failed text={`This map cannot be computed: ${failure}.`} />}
      {!map && !failure && <PaneNote text="The map is being computed." />}
      {map && picture === 'section' && (
        <SectionMap
          cell={structure.cell}
          axis={plane}
          picture={map.section}
          darkest={darkest}
          negative={negative}
          marks={marks}
          unit="e Å⁻³"
          label={label}
        />
      )}
      {map && picture === 'surface' && (
        <SurfaceCell
          cell={structure.cell}
          sites={atoms ? structure.sites : NO_SITES}
          surface={map.surface}
          tone={tone}
          label={`${label} Surface at ${formatNumber(map.level, 1)}.`}
        />
      )}
    </Pane>
  );
}

/** The token as the theme sets it now. */
const currentColour = (): string =>
  getComputedStyle(document.documentElement).getPropertyValue('--current').trim();
