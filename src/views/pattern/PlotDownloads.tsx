import type { MouseEvent, ReactNode, RefObject } from 'react';
import { notify } from '../../state/core/notices.ts';
import { saveFile } from '../../ui/download.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Popover } from '../../ui/Popover.tsx';
import type { Picture } from './frame.ts';
import type { PlotScene } from './plotScene.ts';
import { type Caption, savedPng, savedSvg } from './savedPicture.ts';

/** The picture on screen as PNG and SVG, and what else can be saved of it. */
export function PlotDownloads<Scene extends PlotScene>(props: {
  readonly label: string;
  readonly shown: RefObject<Picture<Scene> | null>;
  /** Name of the picture's file, without its ending. */
  file(): string;
  caption(scene: Scene): Caption;
  readonly tables: readonly (readonly [label: string, save: (scene: Scene) => void])[];
}): ReactNode {
  const { label, shown, file, caption, tables } = props;
  const items: readonly (readonly [string, (picture: Picture<Scene>) => void | Promise<void>])[] = [
    [
      'Picture (PNG)',
      async picture => saveFile(`${file()}.png`, await savedPng(picture, caption(picture.scene))),
    ],
    [
      'Picture (SVG)',
      picture => saveFile(`${file()}.svg`, savedSvg(picture, caption(picture.scene)), 'image/svg+xml'),
    ],
    ...tables.map(([name, save]) => [name, ({ scene }: Picture<Scene>) => save(scene)] as const),
  ];
  const choose = async (
    event: MouseEvent<HTMLButtonElement>,
    save: (picture: Picture<Scene>) => void | Promise<void>,
  ): Promise<void> => {
    event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
    try {
      if (shown.current) await save(shown.current);
    } catch (error) {
      notify({ id: 'pattern-picture', tone: 'error', text: (error as Error).message });
    }
  };
  return (
    <Popover label={label} button={<Icon name="download" />} className="button icon small">
      <div className="menu-list">
        {items.map(([name, save]) => (
          <button type="button" key={name} className="button" onClick={event => void choose(event, save)}>
            {name}
          </button>
        ))}
      </div>
    </Popover>
  );
}
