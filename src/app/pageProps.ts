/** What every page is given. */
export interface PageProps {
  /** The window of a phone: panes stand one under the other, controls are a sheet. */
  readonly narrow: boolean;
  /** Whether the sheet of controls is open; only where `narrow`. */
  readonly controls: boolean;
  onControls(open: boolean): void;
}
