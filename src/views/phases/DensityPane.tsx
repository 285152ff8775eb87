import { type ReactNode, useCallback } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { DensityMap } from '../../phasing/lab/densityMap.ts';
import { formatNumber } from '../../ui/format.ts';
import { drawnRadius } from '../cell/cellAtoms.ts';
import type { Palette } from '../palette.ts';
import { elementInk } from './elementInk.ts';
import { type MapMark, MapPane, type MapPaneProps } from './MapPane.tsx';
import { useLab } from './useLab.ts';

export interface DensityPaneProps
  extends Pick<MapPaneProps, 'title' | 'sub' | 'darkest' | 'tone' | 'stale' | 'failure' | 'waiting'> {
  /** Name for those who do not see it. */
  readonly name: string;
  readonly structure: Structure;
  readonly map: DensityMap | null;
  /** Another crystal whose atoms are marked by crosses, at their fractional coordinates. */
  readonly donor?: Structure | null;
  /** The true atoms are where density should be, not where it is: dashed. */
  readonly faint?: boolean;
}

const NO_SITES: Structure['sites'] = [];

/** An electron density with its atoms. */
export function DensityPane(props: DensityPaneProps): ReactNode {
  const { name, structure, map, donor = null, faint = false } = props;
  const atoms = useLab('atoms');
  const marks = useCallback(
    ({ panel, current }: Palette): MapMark[] => {
      if (!atoms) return [];
      const own = structure.sites.map(({ fract, element }): MapMark => {
        const colour = elementInk(element, panel);
        const radius = Math.max(4.5, 8 * drawnRadius(element));
        return { fract, shape: 'ring', colour, text: faint ? '' : element, radius, faint };
      });
      const lent = (donor?.sites ?? NO_SITES).map(
        ({ fract, element }): MapMark => ({
          ...{ fract, shape: 'cross', colour: current, text: element, radius: 0, faint: false },
        }),
      );
      return [...own, ...lent];
    },
    [atoms, structure, donor, faint],
  );
  const label = map
    ? `${name}: highest ${formatNumber(map.highest, 1)}, lowest ${formatNumber(map.lowest, 1)} electrons per cubic angstrom.`
    : name;
  return (
    <MapPane
      {...props}
      cell={structure.cell}
      sites={atoms ? structure.sites : NO_SITES}
      unit="e Å⁻³"
      marks={marks}
      label={label}
      surfaceLabel={map ? ` Surface at ${formatNumber(map.level, 1)}.` : ''}
    />
  );
}
