import { falseMinima } from '../../landscape/falseMinima.ts';
import type { State } from '../../state/core/store.ts';
import type { TourId } from '../../state/core/tourSettings.ts';

export interface TourStep {
  /** Settings that the step opens with, as in a link. */
  readonly link: string;
  /** Prose with its marks; of what is computed, null until it is. Each sentence is held by tests/e2e/tours.spec.ts. */
  readonly text: string | ((state: State) => string | null);
}

export interface Tour {
  readonly title: string;
  readonly steps: readonly TourStep[];
  readonly question: string;
  readonly answer: string;
}

/** Pits of the finished map on screen, in words; null before. */
const pits =
  (before: string, after: string) =>
  ({ map, problem, minima }: State): string | null => {
    if (!map?.final || map.problem !== problem) return null;
    const count = falseMinima(minima, map.slice).length;
    return `${before} **${count} false ${count === 1 ? 'minimum' : 'minima'}** on this map. ${after}`;
  };

/** The start of the paper's figure 3a. */
const START = 's=Au2S&x=a&y=b&n=61&at=4.569~4.728';
/** The default map with peaks of another width: the three parameters of H². */
const MAP = 's=U2Ti&x=a&y=c&n=61';

export const TOURS: Readonly<Record<TourId, Tour>> = {
  pattern: {
    title: 'Reading a powder pattern',
    steps: [
      {
        link: 's=SrTiO3&x=a&y=b&n=31',
        text: 'A powder holds crystals in all directions, so that only the angle 2θ is left of where a reflection goes. Each tick is a spacing *d* of lattice planes, at λ = 2*d* sin θ. The current crystal is the true one: all its peaks lie on their own, and the loss is −1.',
      },
      {
        link: 's=SrTiO3&x=a&y=b&n=31&focus=probe~3.983~3.905',
        text: '*a* alone is now 2 % longer. The crystal is no longer cubic: 100 leaves 010 and 001 and moves to a smaller angle, and the peaks split. Longer spacings are at smaller angles.',
      },
      {
        link: 'p=compare',
        text: 'Heights tell of the atoms. Three lattices with one and the same cell: 12 peaks of the primitive one, 6 of the body-centred (only *h* + *k* + *l* even), 5 of the face-centred (all even or all odd). What is missing tells the centring.',
      },
      {
        link: 's=SrTiO3&x=a&y=b&n=31&wl=0.7093',
        text: 'The same crystal with molybdenum radiation: the wavelength is less than half, every peak moves to a smaller angle, and more of them fit below 90°.',
      },
      {
        link: 's=SrTiO3&x=a&y=b&n=31&wl=0.7093&U=0.9&V=0.09&W=0.9',
        text: 'Peaks three times as wide: the ticks stay where they are, but neighbours run together. What overlaps cannot be told apart any more.',
      },
    ],
    question:
      'The peak 200 of a cubic crystal moves from 46.5° to 45.5°. Has its cell grown or shrunk, and by about how much?',
    answer:
      'Grown: a smaller angle is a longer spacing. *d* = λ/(2 sin θ) rises by sin 23.25°/sin 22.75° − 1, about 2 %.',
  },
  pits: {
    title: 'Why a landscape has pits',
    steps: [
      {
        link: MAP,
        text: 'Each point of the map is a cell with another *a* and *c*; its colour says how unlike its pattern is to the true one. At the star all peaks coincide: −1, the lowest there is.',
      },
      {
        link: `${MAP}&focus=minimum~1`,
        text: 'A pit: the current crystal is not the true one, and yet some of its peaks lie on peaks of the target, under another index. Any small step takes them off again, so that the loss rises on all sides.',
      },
      {
        link: `${MAP}&at=5~3&cont=0`,
        text: 'Three descents from one start. None of them reaches the truth: a descent sees the slope under it and no more, and stops where that ends.',
      },
      {
        link: `${MAP}&U=0.0111&V=0.00111&W=0.0111`,
        text: pits(
          'Peaks a third as wide, as from a better instrument:',
          'Narrow peaks meet by accident in more places.',
        ),
      },
      {
        link: `${MAP}&U=0.9&V=0.09&W=0.9`,
        text: pits(
          'Peaks three times as wide:',
          'Wide peaks feel each other from afar, and pits run together.',
        ),
      },
    ],
    question: 'Does a better diffractometer make the search for the cell easier for a descent?',
    answer:
      'No: narrower peaks make more and narrower pits. They make the end more precise once the right valley is found; the way there wants wide peaks first.',
  },
  symmetry: {
    title: 'Symmetry',
    steps: [
      {
        link: 's=Au2S&x=a&y=b&n=61',
        text: 'Au₂S is cubic. Changing *a* by some amount gives the same powder pattern as changing *b* by it: the map is its own mirror image in the dotted line *a* = *b*.',
      },
      {
        link: `${START}&modes=unconstrained&cont=0`,
        text: 'A free descent from beside the line. It knows nothing of the symmetry and stops far from the truth.',
      },
      {
        link: `${START}&modes=unconstrained,constrainedStart&cont=0`,
        text: 'The second descent begins at the projection of the start onto the line. There the slope across the line vanishes by symmetry, so that it stays on the line; it stops too, nearer.',
      },
      {
        link: `${START}&cont=0`,
        text: 'The third is projected at every step, and arrives. But look at how: the projector takes the mean of *a*, *b* and the true *c*, which pulls it towards the truth at every step.',
      },
      {
        link: `${START}&cont=0&proj=movedOnly`,
        text: 'The same with *a* and *b* tied to each other alone: now the constrained descent stops where the constrained start does. Knowing the family alone is not knowing the length.',
      },
    ],
    question: 'Why can the slope across the line *a* = *b* not push a descent off it?',
    answer:
      'The two sides are mirror images. A slope to one side would be a slope to the other as well, so that it is zero on the line: only what is not symmetric, such as rounding or a push, leaves it.',
  },
  descent: {
    title: 'The way down',
    steps: [
      {
        link: `${START}&modes=unconstrained&cont=0`,
        text: 'The free descent of the paper’s figure 3a. No peak of the target is near enough to pull.',
      },
      {
        link: `${START}&modes=unconstrained&focus=step~0~continued~0`,
        text: 'The same start, with every peak of both patterns smoothed, wide at first. What was rough is one smooth bowl, and its slope is felt from here.',
      },
      {
        link: `${START}&modes=unconstrained&focus=step~0~continued~30000`,
        text: 'Stage by stage the peaks become narrow again, each from where the last one ended. The continued path reaches the truth. It needs no family and no knowledge of the answer, only the two patterns.',
      },
      {
        link: 's=SrTiO3&x=a&y=b&xr=3.1~4.5&yr=3.4~4.8&n=31&tt1=40&space=full&modes=unconstrained&lr=0.002&at=3.4907~4.3396~3.388~77.7126~104.7306~75.5539&focus=step~0~continued~30000',
        text: 'A warning. Only lines below 40° were measured and all six parameters are free: the path ends with a loss near −1 in a cell that is wrong.',
      },
    ],
    question: 'How would you find out that the last cell is wrong, without knowing the right one?',
    answer:
      'Measure further: the lines beyond 40° of the two cells differ. Or start again from elsewhere and see whether the ends agree; a low loss alone is no certificate.',
  },
  phases: {
    title: 'The phase problem',
    steps: [
      {
        link: 'p=phases&s=Ga2O3&ph.exp=waves',
        text: 'Each atom adds an arrow to the structure factor *F*. A pattern keeps the square of its length; the angle, the phase, is lost.',
      },
      {
        link: 'p=phases&s=Ga2O3&ph.exp=swap&ph.phi=true',
        text: 'Lengths and phases together give the density back: the correlation with the true map is 1.',
      },
      {
        link: 'p=phases&s=Ga2O3&ph.exp=swap&ph.phi=random',
        text: 'The same lengths with random phases. The powder pattern is unchanged, the map is another: the atoms were in the phases.',
      },
      {
        link: 'p=phases&ph.exp=homometric',
        text: 'Two different arrangements of points with the same differences. Crystals on them have the same |*F*| in every reflection: no diffraction experiment tells them apart.',
      },
      {
        link: 'p=phases&s=Ga2O3&ph.exp=powder',
        text: 'A powder loses more: reflections of one spacing lie under one peak, and neighbours overlap. At every step of the list some numbers are lost, or none, and never one gained.',
      },
      {
        link: 'p=phases&s=U2Ti&ph.exp=flipping&ph.go=1',
        text: 'And yet phases come back where atoms are few and sharp: charge flipping starts from random ones, knows only the lengths and that density is not negative, and finds the atoms.',
      },
    ],
    question: 'Your solved structure has a perfect pattern. Is it the right one?',
    answer:
      'Not for certain: a homometric one has the same pattern, and a powder cannot tell even more apart. Distances, chemistry or another measurement have to speak.',
  },
};
