import { useStore as useVanilla } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Figure } from './figure.ts';
import type { PresetId } from './presetIds.ts';

/** How far a picture of the gallery is. */
export interface CardState {
  readonly status: 'idle' | 'waiting' | 'computing' | 'done' | 'stopped' | 'failed';
  /** 0 to 1. */
  readonly share: number;
  readonly figure: Figure | null;
  /** Why it failed. */
  readonly message: string | null;
}

/** Figures stay as long as the page lives: a picture is computed once. */
export type GalleryState = Readonly<Partial<Record<PresetId, CardState>>>;

const IDLE: CardState = { status: 'idle', share: 0, figure: null, message: null };

export const galleryStore = createStore<GalleryState>(() => ({}));

export const cardOf = (id: PresetId): CardState => galleryStore.getState()[id] ?? IDLE;

export const setCard = (id: PresetId, change: Partial<CardState>): void =>
  galleryStore.setState({ [id]: { ...cardOf(id), ...change } });

/** A picture as a React hook. */
export const useCard = (id: PresetId): CardState => useVanilla(galleryStore, state => state[id] ?? IDLE);

/** A value that follows from all pictures, as a React hook. */
export const useGallery = <T>(select: (state: GalleryState) => T): T => useVanilla(galleryStore, select);
