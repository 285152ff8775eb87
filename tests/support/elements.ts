/** Elements of the library's crystals and some with very light and very dark colours of their own. */
export const ELEMENTS_FOR_TEST = 'U Ti Au S B P O Na Mn Co Ni Nd Al Cu Li Ir Ga Mo Sr V H C N Ca Xe'.split(
  ' ',
);
