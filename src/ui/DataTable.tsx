import { type CSSProperties, Fragment, type ReactNode, type Ref, useId } from 'react';
import styles from './DataTable.module.css';
import { Info } from './Popover.tsx';
import { Prose } from './Prose.tsx';

export interface Column<Row> {
  /** Text is prose with its marks. */
  readonly head?: ReactNode;
  /** Behind the head an (i): the subject of the help, and its paragraphs. */
  readonly about?: string;
  readonly help?: readonly string[];
  /** Of the whole head cell, where it is short. */
  readonly title?: string;
  readonly cell: (row: Row, index: number) => ReactNode;
  /** Words run from the left and may break; numbers stand at the right. */
  readonly words?: boolean;
  readonly className?: string | undefined;
  readonly style?: (row: Row) => CSSProperties;
  readonly testId?: (row: Row) => string | undefined;
}

export interface DataTableProps<Row> {
  readonly caption: ReactNode;
  /** Otherwise the caption is only spoken. */
  readonly captionShown?: boolean;
  /** The first names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, index: number) => string | number;
  readonly rowProps?: (
    row: Row,
  ) => Readonly<Record<`data-${string}`, string>> & { className?: string | undefined };
  /** Heading before the first row of each group. */
  readonly group?: (row: Row) => string | null;
  readonly chosen?: (row: Row) => boolean;
  onChoose?(row: Row): void;
  /** Makes the first cells one radio group, so that arrow keys walk through the rows: what each is called. */
  readonly radio?: (row: Row) => string;
  readonly testId?: string;
  readonly className?: string | undefined;
}

/** A table of columns over rows. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { caption, columns, rows, rowKey, group, chosen, radio, onChoose } = props;
  const name = useId();
  const first = (row: Row, content: ReactNode): ReactNode =>
    radio ? (
      <label>
        <input
          type="radio"
          name={name}
          checked={chosen?.(row) ?? false}
          aria-label={radio(row)}
          onChange={() => onChoose?.(row)}
        />
        {content}
      </label>
    ) : (
      content
    );
  return (
    <table className={`${styles.table} ${props.className ?? ''}`} data-testid={props.testId}>
      <caption className={props.captionShown ? undefined : 'visually-hidden'}>{caption}</caption>
      {columns.some(({ head }) => head) && (
        <thead>
          <tr>
            {columns.map(({ head, about, help, title, words, className }, at) =>
              head ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place of a column is its identity
                <th key={at} scope="col" title={title} className={classOf(words, className)}>
                  <Prose text={head} /> {about && <Info about={about} help={help} />}
                </th>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={at} />
              ),
            )}
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row, index) => {
          const heading = group?.(row) ?? null;
          const { className, ...data } = props.rowProps?.(row) ?? {};
          return (
            <Fragment key={rowKey(row, index)}>
              {heading !== null && (index === 0 || group?.(rows[index - 1]!) !== heading) && (
                <tr className={styles.group}>
                  <th scope="rowgroup" colSpan={columns.length}>
                    {heading}
                  </th>
                </tr>
              )}
              <tr
                {...data}
                className={classOf(false, chosen?.(row) ? `${styles.chosen} ${className ?? ''}` : className)}
                data-chosen={chosen?.(row)}
                onClick={onChoose && !radio ? () => onChoose(row) : undefined}
              >
                {columns.map((column, at) => {
                  const Cell = at === 0 ? 'th' : 'td';
                  return (
                    <Cell
                      // biome-ignore lint/suspicious/noArrayIndexKey: see above
                      key={at}
                      scope={at === 0 ? 'row' : undefined}
                      className={classOf(column.words, column.className)}
                      style={column.style?.(row)}
                      data-testid={column.testId?.(row)}
                    >
                      {at === 0 ? first(row, column.cell(row, index)) : column.cell(row, index)}
                    </Cell>
                  );
                })}
              </tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

const classOf = (words: boolean | undefined, className: string | undefined): string | undefined =>
  [words && styles.words, className].filter(Boolean).join(' ') || undefined;

/** Button that names a row and does something with it. */
export function RowButton(props: {
  readonly title?: string;
  readonly colour?: string;
  readonly pressed?: boolean;
  onPress(): void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      className={styles.button}
      title={props.title}
      style={{ color: props.colour }}
      aria-pressed={props.pressed}
      onClick={event => {
        // The row under it may do the same.
        event.stopPropagation();
        props.onPress();
      }}
    >
      {props.children}
    </button>
  );
}

/** A box for what is longer or wider than its pane; the keyboard can scroll it. */
export function ScrollBox(props: {
  readonly label: string;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section
      ref={props.ref}
      className={`${styles.scroll} ${props.className ?? ''}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1)
      tabIndex={0}
      aria-label={props.label}
    >
      {props.children}
    </section>
  );
}
