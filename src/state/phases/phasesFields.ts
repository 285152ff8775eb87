import { LIBRARY } from '../../crystal/library.ts';
import type { Fract } from '../../phasing/positions.ts';
import { type Codec, distinctBy, flag, list, number, oneOf, optional } from '../linkCodecs.ts';
import { fieldsOf, type LinkField } from '../linkField.ts';
import {
  EXPERIMENTS,
  PHASES_LIMITS as LIMITS,
  type Move,
  PHASE_KINDS,
  type PhasesInputs,
  PLANES,
} from './phasesInputs.ts';

const triple = (low: number, high: number, integer = false): Codec<Fract> =>
  list(number(low, high, integer), '~', 3, 3) as unknown as Codec<Fract>;

/** "site~x~y~z". */
const move: Codec<Move> = (() => {
  const numbers = list(number(-1e4, 1e4), '~', 4, 4);
  return {
    encode: ({ site, fract }) => numbers.encode([site, ...fract]),
    decode(text) {
      const decoded = numbers.decode(text);
      if ('refused' in decoded) return decoded;
      const [site, x, y, z] = decoded.value as [number, number, number, number];
      return Number.isInteger(site) && site >= 0 && site <= LIMITS.site
        ? { value: { site, fract: [x, y, z] } }
        : { refused: `names atom ${site}, which is not a whole number from 0 to ${LIMITS.site}` };
    },
  };
})();

const hkl: Codec<Fract> = (() => {
  const indices = triple(-LIMITS.index, LIMITS.index, true);
  return {
    encode: indices.encode,
    decode(text) {
      const decoded = indices.decode(text);
      return 'value' in decoded && decoded.value.every(index => index === 0)
        ? { refused: 'is the primary beam, not a reflection' }
        : decoded;
    },
  };
})();

const field = fieldsOf<PhasesInputs>();

/** Keys of the laboratory in the link, all with "ph." in front. */
export const PHASES_FIELDS: readonly LinkField<PhasesInputs>[] = [
  field('ph.exp', 'experiment', 'experiment', oneOf(EXPERIMENTS.map(entry => entry.id))),
  field('ph.step', 'step of the lesson', 'step', number(0, 9, true)),
  field('ph.hkl', 'reflection', 'hkl', optional(hkl)),
  field(
    'ph.moves',
    'moved atoms',
    'moves',
    distinctBy(list(move, ',', 0, LIMITS.moves), one => one.site),
  ),
  field('ph.atom', 'chosen atom', 'atom', number(0, LIMITS.site, true)),
  field('ph.origin', 'origin', 'origin', triple(-1, 1)),
  field('ph.d', 'resolution', 'dMin', number(...LIMITS.dMin)),
  field('ph.B', 'blur', 'blur', number(...LIMITS.blur)),
  field('ph.phi', 'choice of phases', 'phases', oneOf(PHASE_KINDS)),
  field('ph.seed', 'seed of the phases', 'seed', number(...LIMITS.seed, true)),
  field('ph.spread', 'spread of the phases', 'spread', number(...LIMITS.spread)),
  field('ph.lender', 'lender of phases', 'lender', oneOf(LIBRARY.map(entry => entry.id))),
  field('ph.mix', 'share of the borrowed phases', 'share', number(0, 1)),
  field('ph.plane', 'plane of the section', 'plane', oneOf(PLANES)),
  field('ph.height', 'height of the section', 'height', number(0, 1)),
  field('ph.lines', 'distance of contours', 'contour', optional(number(...LIMITS.contour))),
  field('ph.atoms', 'atoms', 'atoms', flag),
  field('ph.neg', 'negative lines', 'negative', flag),
  field('ph.view', 'picture', 'picture', oneOf(['section', 'surface'])),
  field('ph.level', 'level of the isosurface', 'level', number(...LIMITS.level)),
  field('ph.sharp', 'sharpening', 'sharpen', flag),
  field('ph.noorigin', 'removal of the origin peak', 'removeOrigin', flag),
  field('ph.damp', 'damping', 'damping', number(...LIMITS.blur)),
  field('ph.vectors', 'interatomic vectors', 'vectors', flag),
  field('ph.n', 'divisions of the circle', 'divisions', number(...LIMITS.divisions, true)),
  field('ph.k', 'points on the circle', 'points', number(...LIMITS.points, true)),
  field('ph.pair', 'homometric class', 'pairClass', number(0, 9999, true)),
  field('ph.set', 'set of the class', 'pairSet', number(1, 99, true)),
  field('ph.width', 'scale of the widths', 'widthScale', number(...LIMITS.widthScale)),
  field('ph.F', 'amplitudes', 'amplitudes', oneOf(['ideal', 'powder'])),
  field('ph.fd', 'resolution of charge flipping', 'flipDMin', number(...LIMITS.dMin)),
  field('ph.fB', 'blur of charge flipping', 'flipBlur', number(...LIMITS.blur)),
  field('ph.delta', 'threshold δ', 'delta', number(...LIMITS.delta)),
  field('ph.weak', 'share of weak reflections', 'weak', number(...LIMITS.weak)),
  field('ph.fseed', 'seed of the run', 'flipSeed', number(...LIMITS.seed, true)),
  field('ph.cycles', 'cycles', 'cycles', number(...LIMITS.cycles, true)),
  field('ph.pwl', 'wavelength of the powder', 'powderWavelength', number(...LIMITS.wavelength)),
  field('ph.pw', 'scale of the powder’s widths', 'powderWidth', number(...LIMITS.widthScale)),
  field('ph.go', 'start of the run', 'running', flag),
];
