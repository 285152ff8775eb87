/** A place for a label: its centre and the line it stands on, pixels. */
export interface LabelPlace {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}

/** Strongest first; one is dropped that would come within 23 px of a kept one at about its height. */
export function placeLabels(places: readonly LabelPlace[], most: number): LabelPlace[] {
  const kept: LabelPlace[] = [];
  for (const place of [...places].sort((p, q) => q.strength - p.strength)) {
    if (kept.length >= most) break;
    if (kept.every(other => Math.abs(other.x - place.x) >= 23 || Math.abs(other.y - place.y) >= 13))
      kept.push(place);
  }
  return kept;
}
