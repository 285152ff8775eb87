import { type ReactNode, useState } from 'react';
import { CONTROL_GROUPS, type ControlGroup } from '../state/core/controlGroups.ts';
import { PAGES } from '../state/core/pages.ts';
import { useBraggscape } from '../state/core/store.ts';
import { shareAddress } from '../state/linkSync.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { NumberField } from '../ui/NumberField.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { useSize } from '../ui/useSize.ts';
import { CopyField } from './CopyField.tsx';
import styles from './EmbedDialog.module.css';

/** Frames that the layout is made for, pixels. */
const LEAST = { width: 480, height: 360 } as const;
const MOST = 4000;

/** A frame as a page and as a notebook writes it. */
const CODES = {
  html: (address: string, width: number, height: number, title: string): string =>
    `<iframe src="${address.replaceAll('&', '&amp;')}" width="${width}" height="${height}" title="${title}" style="border: 0" loading="lazy" allow="fullscreen; clipboard-write"></iframe>`,
  notebook: (address: string, width: number, height: number): string =>
    `from IPython.display import IFrame\nIFrame("${address}", width=${width}, height=${height})`,
} as const;

/** Builds the frame that shows what is on screen in another page, with a preview of it. */
export function EmbedDialog({ open, onClose }: { readonly open: boolean; onClose(): void }): ReactNode {
  return (
    <Dialog title="Embed in another page" open={open} wide onClose={onClose}>
      <Builder />
    </Dialog>
  );
}

function Builder(): ReactNode {
  const inputs = useBraggscape(state => state.inputs);
  const [hide, setHide] = useState(inputs.hide);
  const [width, setWidth] = useState(800);
  const [height, setHeight] = useState(600);
  const [form, setForm] = useState<keyof typeof CODES>('html');
  const [box, { width: room }] = useSize<HTMLDivElement>();
  const address = shareAddress({ ...inputs, embed: true, hide });
  const title = `Braggscape: ${PAGES.find(({ id }) => id === inputs.page)!.label}`;
  const scale = Math.min(1, room / width, 380 / height);
  const show = (id: ControlGroup, shown: boolean): void =>
    setHide(CONTROL_GROUPS.map(group => group.id).filter(one => (one === id ? !shown : hide.includes(one))));
  return (
    <div className={styles.builder}>
      <fieldset className={styles.groups}>
        <legend>Shown in the frame</legend>
        {CONTROL_GROUPS.filter(({ on }) => on === null || on === inputs.page).map(({ id, label }) => (
          <Checkbox key={id} checked={!hide.includes(id)} onChange={shown => show(id, shown)}>
            {label}
          </Checkbox>
        ))}
      </fieldset>
      <div className={styles.frame}>
        <div className={styles.size}>
          <NumberField
            label="Width"
            prefix="width"
            unit="px"
            value={width}
            step={20}
            min={LEAST.width}
            max={MOST}
            onChange={value => void setWidth(Math.round(value))}
          />
          <NumberField
            label="Height"
            prefix="height"
            unit="px"
            value={height}
            step={20}
            min={LEAST.height}
            max={MOST}
            onChange={value => void setHeight(Math.round(value))}
          />
          <Segmented
            label="Written for"
            value={form}
            options={[
              { value: 'html', label: 'Web page' },
              { value: 'notebook', label: 'Notebook' },
            ]}
            onChange={setForm}
          />
        </div>
        <CopyField label="Code of the frame" text={CODES[form](address, width, height, title)} rows={3} />
        <div ref={box} className={styles.preview} style={{ height: scale * height }}>
          {room > 0 && (
            <iframe
              src={address}
              title="Preview of the frame"
              style={{ width, height, transform: `scale(${scale})` }}
            />
          )}
        </div>
        <p className="quiet">
          A frame with a <code>sandbox</code> needs <code>allow-scripts allow-same-origin</code>. The page
          around can read and set everything by messages: <a href="#v=1&p=help&doc=embed">documentation</a>.
        </p>
      </div>
    </div>
  );
}
