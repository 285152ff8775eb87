import { type ReactNode, useMemo } from 'react';
import type { Inputs } from '../state/core/inputs.ts';
import { differing, type Place, placeOf, rulesOf, sameValue, valueAt } from '../state/core/settings.ts';
import { useBraggscape } from '../state/core/store.ts';
import { changeSetting, resetSettings } from '../state/core/undo.ts';
import { Info } from '../ui/Popover.tsx';
import { Prose } from '../ui/Prose.tsx';
import { DiffersNote, Row } from './Section.tsx';
import { SettingControl, type SettingControlProps } from './SettingControl.tsx';

/** Name of a setting that stands by itself, or of one in a group: "loss", "descent.jitter". */
export type SettingName = {
  [G in keyof Inputs & string]: G | `${G}.${keyof Inputs[G] & string}`;
}[keyof Inputs & string];

export interface SettingProps {
  readonly of: SettingName;
  readonly name?: string;
  readonly small?: boolean;
  readonly glyphs?: SettingControlProps['glyphs'];
  /** False where undo shall not bring the old value back. */
  readonly undoable?: boolean;
  /** In place of the plain change, where more changes with it. */
  onChange?(value: never, undoable?: boolean): unknown;
}

const findPlace = (name: SettingName): Place => {
  const [first = '', second] = name.split('.');
  return second === undefined ? placeOf(null, first) : placeOf(first as keyof Inputs, second);
};

/** The control of a setting of the inputs, without a row around it. */
export function SettingInput({ of, name, small, undoable, glyphs, onChange }: SettingProps): ReactNode {
  const place = useMemo(() => findPlace(of), [of]);
  const value = useBraggscape(state => valueAt(state.inputs, place));
  const change = onChange as ((value: unknown, undoable?: boolean) => string | null | undefined) | undefined;
  return (
    <SettingControl
      row={place.row}
      value={value}
      name={name}
      small={small}
      glyphs={glyphs}
      limited={place.group === null || rulesOf(place.group).problem === undefined}
      onChange={change ?? ((next, first = undoable) => changeSetting(place, next, first))}
    />
  );
}

/** A row of a rail: label, help, the dot of what differs from the paper, control and unit, all from the table of settings. */
export function SettingRow(
  props: SettingProps & {
    /** In place of the label that the table has. */
    readonly label?: ReactNode;
    /** A second setting in the same row. */
    readonly and?: SettingName;
    /** In place of the control that the table has. */
    readonly control?: ReactNode;
    /** Controls in front of it. */
    readonly before?: ReactNode;
    /** Controls behind it. */
    readonly children?: ReactNode;
  },
): ReactNode {
  const { of, and } = props;
  const { row: label = '', about, help } = findPlace(of).row;
  const differs = useBraggscape(({ inputs }) =>
    [of, and].some(name => name && isNotPaper(inputs, findPlace(name))),
  );
  return (
    <Row
      label={
        <>
          <span>
            <Prose text={props.label ?? label} />
          </span>
          {help && <Info about={about ?? label} help={help} />}
        </>
      }
      differs={differs}
    >
      {props.before}
      {props.control ?? <SettingInput {...props} />}
      {props.and && <SettingInput of={props.and} />}
      {props.children}
    </Row>
  );
}

/** True where a setting is not the paper's, where it has one. */
function isNotPaper(inputs: Inputs, place: Place): boolean {
  const owner = place.group ?? (place.name as keyof Inputs);
  const paper = place.row.paper ?? (rulesOf(owner).paper ? place.row.initial : undefined);
  return paper !== undefined && !sameValue(place.row, valueAt(inputs, place), paper);
}

/** Number of settings of a group that differ from the paper's, and the way back. */
export function GroupDiffers({ group }: { group: keyof Inputs }): ReactNode {
  const count = useBraggscape(state => differing(state.inputs, group).length);
  return <DiffersNote count={count} onReset={() => resetSettings(group)} />;
}
