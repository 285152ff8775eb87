import type { ReactNode } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import type { Fract } from '../../phasing/positions.ts';
import { moveAtom, setPhases } from '../../state/phases/phasesActions.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Row, Section } from '../Section.tsx';
import styles from './ExperimentLayout.module.css';
import { useLab, useMovedSites } from './useLab.ts';

/** The chosen atom and where it is; and the origin that all of them are counted from. */
export function AtomControls({ structure }: { structure: Structure }): ReactNode {
  const sites = useMovedSites(structure);
  const moves = useLab('moves');
  const atom = Math.min(useLab('atom'), sites.length - 1);
  const site = sites[atom]!;
  const names = siteNames(structure);
  return (
    <Section
      group="atoms"
      title="Atom"
      about="moving atoms"
      help={[
        'A moved atom moves alone; symmetry is not applied to it. Coordinates are unit fractions and are kept inside the cell. Species that share the position move together.',
        'In the cell: drag an atom, or focus the picture, go from atom to atom with comma and full stop, press Enter to hold one, move it with the arrow keys (Shift: five times as far), press Escape to let go.',
      ]}
      aside={
        <Button small disabled={moves.length === 0} onClick={() => setPhases({ moves: [] })}>
          Put {moves.length > 1 ? `${moves.length} ` : ''}back
        </Button>
      }
    >
      <Row label="Atom">
        <Select
          label="Atom"
          value={atom}
          options={names.map((label, i) => ({ value: i, label }))}
          onChange={value => setPhases({ atom: value }, false)}
        />
      </Row>
      <Triple
        names={['x', 'y', 'z']}
        label="of the atom"
        value={site.fract}
        onChange={fract => moveAtom(sharing(sites, atom), fract, true)}
      />
    </Section>
  );
}

/** The origin of the description. */
export function OriginControls(): ReactNode {
  const origin = useLab('origin');
  return (
    <Section
      group="origin"
      title="Origin"
      about="the origin"
      help={[
        'All atoms are moved by this step, which is the same crystal seen from another origin. Each phase turns by 360° (*h x* + *k y* + *l z*); no |*F*| changes.',
      ]}
      aside={
        <Button
          small
          disabled={origin.every(value => value === 0)}
          onClick={() => setPhases({ origin: [0, 0, 0] })}
        >
          Reset
        </Button>
      }
    >
      <Triple
        names={['Δx', 'Δy', 'Δz']}
        label="of the origin"
        value={origin}
        onChange={value => setPhases({ origin: value })}
      />
    </Section>
  );
}

function Triple(props: {
  names: readonly [string, string, string];
  label: string;
  value: Fract;
  onChange(value: Fract): void;
}): ReactNode {
  const { names, label, value, onChange } = props;
  return (
    <div className={styles.triple}>
      {names.map((name, i) => (
        <NumberField
          key={name}
          label={`${name} ${label}`}
          prefix={<i>{name}</i>}
          step={0.01}
          min={-1}
          max={1}
          decimals={4}
          steppers={false}
          value={value[i]!}
          onChange={next => void onChange(value.map((old, k) => (k === i ? next : old)) as unknown as Fract)}
        />
      ))}
    </div>
  );
}

/** The sites at the position of one of them. */
export const sharing = (sites: Structure['sites'], atom: number): number[] =>
  sites.flatMap((site, i) =>
    site.fract.every((value, axis) => {
      const apart = value - sites[atom]!.fract[axis]!;
      return Math.abs(apart - Math.round(apart)) < 1e-3;
    })
      ? [i]
      : [],
  );

/** "Ti1", or "Ti (3)" where labels repeat. */
export function siteNames({ sites }: Structure): string[] {
  const count = new Map<string, number>();
  for (const { label } of sites) count.set(label, (count.get(label) ?? 0) + 1);
  const seen = new Map<string, number>();
  return sites.map(({ label }) => {
    if (count.get(label) === 1) return label;
    const n = (seen.get(label) ?? 0) + 1;
    seen.set(label, n);
    return `${label} (${n})`;
  });
}
