/** The 89 elements of the MatPES models in the order of their embedding: H to Pu without Po, At, Rn, Fr and Ra. */
export const MODEL_ELEMENTS: readonly string[] = (
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb ' +
  'Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au ' +
  'Hg Tl Pb Bi Ac Th Pa U Np Pu'
).split(' ');

/** Row of an element in the embedding; −1 where the model was not trained on it. */
export const elementRow = (symbol: string): number => MODEL_ELEMENTS.indexOf(symbol);
