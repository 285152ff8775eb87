/** Bounds of the readers. Beyond them a file is refused with a sentence, so that no file can fill the memory or hang. */

/** Bytes of a file as it is dropped, and of what a packed file holds. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** Unpacked bytes per packed byte; gzip cannot do better than about 1030. */
export const MOST_RATIO = 1100;
/** Atoms of a cell. */
export const MOST_ATOMS = 20_000;
/** Size of a fractional coordinate: beyond it digits are lost, and no file means it. */
export const MOST_COORDINATE = 1_000_000;
/** Points of a pattern. */
export const MOST_POINTS = 1_000_000;
/** Scans or blocks of a file. */
export const MOST_BLOCKS = 500;
/** Intensity of a point, either way: squares and sums of so much stay finite. */
export const MOST_INTENSITY = 1e30;
/** A refined occupancy, or a sum of several on one place, may come out a little above 1; beyond this it is a slip. */
export const MOST_OCCUPANCY = 1.1;
/** The sum of unlike atoms on one place: papers round their amounts up to this. */
export const MOST_SHARED = 1.2;
