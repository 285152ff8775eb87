import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { Contribution } from '../../phasing/contributions.ts';
import type { Fract } from '../../phasing/positions.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { ElementLegend } from '../cell/ElementLegend.tsx';
import { HklText, hklWords } from '../pattern/HklText.tsx';
import styles from './Argand.module.css';
import { Argand, type ArgandSum } from './Argand.tsx';
import { arrowChain } from './argandLayout.ts';
import { Pane } from './Pane.tsx';
import { phaseText } from './reflections.ts';
import { phaseOf } from './useLab.ts';

export interface ArgandPaneProps {
  readonly sites: Structure['sites'];
  readonly hkl: Fract;
  readonly arrows: readonly Contribution[];
  readonly sums: readonly ArgandSum[];
  readonly chosen: number | null;
  readonly text: string;
}

/** A structure factor as arrows and as numbers. The first sum is the one that the circle goes through. */
export function ArgandPane({ sites, hkl, arrows, sums, chosen, text }: ArgandPaneProps): ReactNode {
  const chain = useMemo(() => arrowChain(arrows), [arrows]);
  const words = sums
    .map(sum => `${sum.name}: |F| ${formatNumber(sizeOf(sum), 1)}, phase ${phaseText(phaseOf(sum))}`)
    .join('; ');
  return (
    <Pane
      title={
        <>
          Structure factor <HklText of={[...hkl]} />
        </>
      }
      about="the structure factor"
      help={[
        '*F*(*hkl*) = Σ occ_{j} *f*_{j}(*s*) exp 2πi(*hx* + *ky* + *lz*), *s* = 1/(2*d*), electrons; *f* from the table of De Graef & McHenry, no resonant terms and no temperature factor. Short arrows come first.',
      ]}
    >
      <Argand
        chain={chain}
        elementOf={site => sites[site]!.element}
        chosen={chosen}
        sums={sums}
        radius={sums[0] ? sizeOf(sums[0]) : 0}
        label={`Argand diagram of ${hklWords([...hkl])}: ${chain.length} arrows. ${words}.`}
      />
      <div className={styles.foot}>
        <p className={styles.text}>
          <Prose text={text} />
        </p>
        <FactorTable sums={sums} />
        <ElementLegend sites={sites} />
      </div>
    </Pane>
  );
}

const sizeOf = ({ re, im }: ArgandSum): number => Math.hypot(re, im);

/** Structure factors in numbers, intensities relative to the first. */
function FactorTable({ sums }: Pick<ArgandPaneProps, 'sums'>): ReactNode {
  const first = sums[0] ? sizeOf(sums[0]) ** 2 : 0;
  return (
    <DataTable
      caption="The structure factor in numbers"
      testId="factors"
      className={styles.table}
      rows={sums}
      rowKey={({ name }) => name}
      rowProps={({ tone }) => ({ className: tone === 'current' ? styles.current : undefined })}
      columns={[
        { cell: ({ name }) => name },
        { head: '|*F*|', cell: row => formatNumber(sizeOf(row), 2) },
        { head: 'φ', cell: row => (sizeOf(row) > 0.005 ? phaseText(phaseOf(row)) : '–') },
        { head: 'Re', cell: ({ re }) => formatNumber(re, 2) },
        { head: 'Im', cell: ({ im }) => formatNumber(im, 2) },
        { head: 'intensity', cell: row => (first > 1e-4 ? formatPercent(sizeOf(row) ** 2 / first, 1) : '–') },
      ]}
    />
  );
}
