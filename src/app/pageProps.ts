/** Props of every page. */
export interface PageProps {
  /** The window of a phone: panes stand one under the other, controls are a sheet. */
  readonly narrow: boolean;
  /** True where the sheet of controls is open; only where `narrow`. */
  readonly controls: boolean;
  onControls(open: boolean): void;
}
