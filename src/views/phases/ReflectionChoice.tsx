import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { InputBox } from '../../ui/InputBox.tsx';
import { HklText, hklWords } from '../pattern/HklText.tsx';
import { Section } from '../Section.tsx';
import styles from './ReflectionChoice.module.css';
import { parseHkl, phaseText, type ReflectionRow, rowAt, sameHkl, strongestFirst } from './reflections.ts';
import { useReflection, useReflections } from './useLab.ts';

/** Rows in the list; any other reflection can be typed. */
const ROWS = 60;

export interface ReflectionChoiceProps {
  /** Head of the last column, and whether it shows |F| as well: moved atoms change it. */
  readonly other: string;
  readonly amplitudes: boolean;
}

/** Reflections by |F|, one of them chosen: a radio group, so that arrow keys walk through it. */
export function ReflectionChoice({ other, amplitudes }: ReflectionChoiceProps): ReactNode {
  const list = useReflections();
  const chosen = useReflection();
  const body = useRef<HTMLElement>(null);
  const rows = useMemo(
    () =>
      list
        ? strongestFirst(list)
            .slice(0, ROWS)
            .map(at => rowAt(list, at))
        : [],
    [list],
  );
  const extra = chosen?.row && !rows.some(row => sameHkl(row.hkl, chosen.hkl)) ? [chosen.row] : [];
  const key = chosen?.hkl.join() ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another choice is shown
  useEffect(() => {
    const box = body.current;
    const lines = [...(box?.querySelectorAll<HTMLElement>('tr') ?? [])];
    const at = lines.findIndex(line => line.dataset['chosen'] === 'true');
    if (!box || at < 1) return;
    // Inside its own box only: the page does not jump. The head stays, and a whole row comes under it.
    const place = (line: number): number => lines[line]!.offsetTop - lines[0]!.offsetHeight;
    const fits = Math.floor((box.clientHeight - lines[0]!.offsetHeight) / lines[at]!.offsetHeight);
    const wanted = Math.min(place(at), Math.max(box.scrollTop, place(Math.max(1, at - fits + 1))));
    box.scrollTop = place(lines.findIndex((_, line) => line > 0 && place(line) > wanted - 1));
  }, [key]);
  return (
    <Section
      group="reflections"
      title="Reflections"
      about="the reflections"
      help={[
        'One of each Friedel pair, down to the resolution. *F* in electrons, φ in degrees from the origin of the cell, computed in double precision from the atoms as listed.',
        `Strongest first; the ${ROWS} strongest are listed, any other can be typed.`,
      ]}
      aside={
        list && (
          <span className="quiet">
            {Math.min(ROWS, rows.length)} of {list.d.length}, by |<i>F</i>|
          </span>
        )
      }
    >
      <HklField value={chosen ? hklWords([...chosen.hkl]) : ''} />
      <ScrollBox label="List of reflections" className={styles.box} ref={body}>
        <DataTable
          caption="Reflections, strongest first; choose one"
          className={styles.table}
          testId="reflections"
          rows={[...extra, ...rows]}
          rowKey={({ hkl }) => hkl.join()}
          chosen={({ hkl }) => chosen !== null && sameHkl(hkl, chosen.hkl)}
          onChoose={({ hkl }) => setPhases({ hkl })}
          radio={({ hkl, amplitude, phase }) =>
            `${hklWords([...hkl])}, |F| ${formatNumber(amplitude, 1)}, phase ${phaseText(phase)}`
          }
          columns={[
            { head: '*hkl*', cell: ({ hkl }) => <HklText of={[...hkl]} /> },
            { head: '*d* / Å', cell: ({ d }) => formatNumber(d) },
            { head: '|*F*|', cell: ({ amplitude }) => formatNumber(amplitude, 1) },
            ...(amplitudes
              ? [{ head: 'now', cell: (row: ReflectionRow) => formatNumber(row.otherAmplitude, 1) }]
              : []),
            { head: amplitudes ? 'φ' : 'true φ', cell: row => (row.absent ? '–' : phaseText(row.phase)) },
            {
              head: other,
              className: styles.current,
              cell: row => (row.absent && row.otherAmplitude < 0.05 ? '–' : phaseText(row.otherPhase)),
            },
          ]}
        />
      </ScrollBox>
    </Section>
  );
}

function HklField({ value }: { value: string }): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const id = useId();
  const commit = (): void => {
    if (draft === null) return;
    const read = parseHkl(draft, 99);
    setMessage(typeof read === 'string' ? read : null);
    if (typeof read === 'string') return;
    setPhases({ hkl: read });
    setDraft(null);
  };
  return (
    <InputBox prefix={<i>hkl</i>} message={message} id={id}>
      <input
        type="text"
        autoComplete="off"
        aria-label="Reflection h k l"
        aria-invalid={message !== null}
        aria-describedby={message ? id : undefined}
        value={draft ?? value}
        onChange={event => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={event => {
          event.stopPropagation();
          if (event.key === 'Enter') commit();
          if (event.key !== 'Escape') return;
          setDraft(null);
          setMessage(null);
        }}
      />
    </InputBox>
  );
}
