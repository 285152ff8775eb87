/** Crystals and patterns that a user brought: a kind and eight letters or digits made from their content. */
const USER_CRYSTAL = /^own-[0-9a-z]{8}$/;
const USER_PATTERN = /^xrd-[0-9a-z]{8}$/;

export const isUserCrystal = (id: string): boolean => USER_CRYSTAL.test(id);
export const isUserPattern = (id: string): boolean => USER_PATTERN.test(id);

/** Crystals, and patterns, of a user that a link or project names. */
export const MOST_USER_FILES = 12;
