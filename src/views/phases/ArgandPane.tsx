import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { Contribution } from '../../phasing/contributions.ts';
import type { Fract } from '../../phasing/positions.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { ElementLegend } from '../cell/ElementLegend.tsx';
import { Hkl, hklWords } from '../pattern/Hkl.tsx';
import styles from './Argand.module.css';
import { Argand, type ArgandSum } from './Argand.tsx';
import { arrowChain } from './argandLayout.ts';
import { FactorTable } from './FactorTable.tsx';
import { Pane } from './Pane.tsx';
import { phaseText } from './reflections.ts';
import { phaseOf } from './useLab.ts';

export interface ArgandPaneProps {
  readonly sites: Structure['sites'];
  readonly hkl: Fract;
  readonly arrows: readonly Contribution[];
  readonly sums: readonly ArgandSum[];
  readonly chosen: number | null;
  readonly text: ReactNode;
}

/** A structure factor as arrows and as numbers. The first sum is the one that the circle goes through. */
export function ArgandPane({ sites, hkl, arrows, sums, chosen, text }: ArgandPaneProps): ReactNode {
  const chain = useMemo(() => arrowChain(arrows), [arrows]);
  const words = sums
    .map(
      sum =>
        `${sum.name}: |F| ${formatNumber(Math.hypot(sum.re, sum.im), 1)}, phase ${phaseText(phaseOf(sum))}`,
    )
    .join('; ');
  return (
    <Pane
      title={
        <>
          Structure factor <Hkl of={[...hkl]} />
        </>
      }
      tools={
        <Info about="the structure factor">
          <p>
            <i>F</i>(<i>hkl</i>) = Σ occ<sub>j</sub> <i>f</i>
            <sub>j</sub>(<i>s</i>) exp 2πi(<i>hx</i> + <i>ky</i> + <i>lz</i>), <i>s</i> = 1/(2<i>d</i>),
            electrons; <i>f</i> from the table of De Graef &amp; McHenry, no resonant terms and no temperature
            factor. Short arrows come first.
          </p>
        </Info>
      }
    >
      <Argand
        chain={chain}
        elementOf={site => sites[site]!.element}
        chosen={chosen}
        sums={sums}
        radius={Math.hypot(sums[0]?.re ?? 0, sums[0]?.im ?? 0)}
        label={`Argand diagram of ${hklWords([...hkl])}: ${chain.length} arrows. ${words}.`}
      />
      <div className={styles.foot}>
        <p className={styles.text}>{text}</p>
        <FactorTable
          rows={sums.map(({ name, re, im, tone }) => ({ name, re, im, current: tone === 'current' }))}
        />
        <ElementLegend sites={sites} />
      </div>
    </Pane>
  );
}
