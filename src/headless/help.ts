import { SEARCHES } from '../study/searches.ts';

const CRYSTAL = 'CRYSTAL is an id of the library (U2Ti, Au2S, …) or the path of a CIF.';
const INSTRUMENT = '  --wavelength Å  --two-theta LOW,HIGH  --step °  --max-index N (clips |h|, |k|, |l|)';

/** Texts of --help by command. */
export const HELP: Readonly<Record<string, string>> = {
  '': `Braggscape without a browser. Results are JSON lines on stdout, messages go to stderr.

  npm run -s study -- [options]              run a study or a shard of it
  npm run -s study -- merge FILE… [--out F]  one file from several
  npm run -s study -- summary FILE…          rates, ends and correlations
  npm run -s pattern -- CRYSTAL              simulated pattern
  npm run -s landscape -- CRYSTAL            loss over any two parameters
  npm run -s descend -- CRYSTAL              one descent
  npm run -s recover -- [options]            distorted cells found again
  npm run -s fit -- [options]                a cell with uncertainties from a measured scan
  npm run -s match -- CRYSTAL CRYSTAL        StructureMatcher's verdict and gauges
  npm run -s amd -- CRYSTAL [CRYSTAL]        AMD, or distances of AMD and PDD

Each has --help.`,

  study: `Runs a study: distorted copies of crystals, descents from them, verdicts. A header and one JSON line a trial, in
a fixed order; the same plan gives the same bytes whatever --workers, --shard or --resume.

  npm run -s study -- [--out FILE] [options]

plan
  --preset minutes | hour | paper | beyond   default minutes; the options below change it
  --noise lattice | coordinates | both       default lattice; both: coordinates by 0.05 as well
  --structures ID|CIF,…             default the ten of the library
  --levels σ,…                      default the paper's five
  --losses cosine,mse,entropy  --modes unconstrained,constrainedStart,constrained
  --series LOSS:MODE[:RATE],…       instead of --losses and --modes; or searches beyond the paper, by name:
${SEARCHES.map(({ id, name, noise }) => `      ${id.padEnd(16)} ${name} (${noise})`).join('\n')}
  --rate R                          learning rate of all series
  --variants N | FIRST-LAST         distorted copies of each structure at each level
  --seed S  --max-steps N  --stop-gain G
  --cells primitive | conventional  what coordinate noise moves
  --mse-max-index N                 MSE counts reflections up to |h|, |k|, |l| = N (the paper: 6)

running
  --workers N     threads, default one a core
  --shard i/n     every n-th trial, the i-th of them (from 1)
  --out FILE      instead of stdout        --resume    go on with FILE
  --list          print the trials only    --quiet     nothing on stderr

  study merge FILE… [--out FILE[.gz]]    study summary FILE… [--variants N]

The study page of Braggscape opens the files.`,

  fit: `Refines a crystal against a measured scan by weighted least squares and prints one JSON line: cell and esd (scaled by
the square root of chi2), Rwp, Rexp and chi2 in per cent, Rwp of Le Bail's free intensities as the floor, every refined
number, and with --recover how many starts agree.
  npm run -s fit -- --pattern FILE --structure CRYSTAL --wavelength Cu|CuKa1|… or Å
      [--recover] [--starts 8] [--spread 0.1]   first the cell by continued descents within the spread, family held
      [--free cell,zero|displacement,u,v,w,mixing,mixingSlope,asymmetry,b,march]
                       default: all but zero, which trades off against displacement and cell
      [--background 8] terms, Chebyshev polynomials   [--two-theta LOW,HIGH]
      [--monochromator °]  2θ of a graphite monochromator: 26.6   [--ratio 0.5] of the second line
      [--axis h,k,l]   of preferred orientation, default 0,0,1
      [--no-le-bail]
${CRYSTAL}`,

  pattern: `Prints a simulated powder pattern as one JSON line, or with --peaks one line a reflection (of each Friedel pair one).
  npm run -s pattern -- CRYSTAL [--cell a,b,c,α,β,γ] [--peaks]
${INSTRUMENT}
${CRYSTAL}`,

  landscape: `Prints the loss over two parameters, a line for each value of the vertical one; null where no cell exists.
  npm run -s landscape -- CRYSTAL [--x a] [--y c] [--x-range LOW,HIGH] [--y-range LOW,HIGH] [--n 61]
      [--loss cosine|mse|entropy|deGelder|gpwdf|wasserstein] [--alpha 0.5 (degrees, of gpwdf)] [--tied]
  x and y: a, b, c, alpha, beta, gamma; x.O5 (a free coordinate of the site of that label, mates follow), x.4 (atom 4 alone,
  from 0), B, B.O, occ.O5, zero, displacement, widthFactor, eta, march. See docs/parameters.md.
${INSTRUMENT}
${CRYSTAL}`,

  descend: `Prints the iterates of one descent on all six cell parameters, every --every steps and the last.
  npm run -s descend -- CRYSTAL [--start a,b,c,α,β,γ | --sigma σ --seed N] [--loss cosine]
      [--mode unconstrained|constrainedStart|constrained] [--rate 0.005] [--max-steps N] [--stop-gain G] [--every 100]
${INSTRUMENT}
${CRYSTAL}`,

  recover: `Finds distorted cells again, from the pattern and the atoms: kernels from wide to narrow, one JSON line a trial in a
fixed order; the same options give the same bytes whatever --workers, --shard or --resume.

  npm run -s recover -- --structure U2Ti --noise 0.2 --variants 0-19 --seed 7 [--free] [--starts 20] [options]

  --structure ID|CIF,…   default the ten of the library     --noise σ,…   default 0.1
  --variants N | FIRST-LAST   distorted copies              --seed S      default 0; copies as in a study
  --free          all six parameters, not the crystal family's alone
  --free-test     the family held, and then all six from the answer: "test" says whether the gain exceeds noise
  --starts N      starts at most, ending as soon as three agree; default 1
  --start a,b,c,α,β,γ         one start of one's own; --noise says how far the truth may be
  --pattern FILE  a measured pattern instead of the crystal's own     --wavelength CuKa (Kα₁₊₂), CuKa1 or Å
  --loss cosine   the loss of the search: cosine, mse, entropy, deGelder, gpwdf or wasserstein; of a measured pattern the
                  cosine, which alone bears a background
  --coordinates σ,…           atoms out of place too, in the primitive cell, all free without symmetry: cell and atoms are
                  searched together, or with --noise 0 the atoms of the right cell; by cosine, mse or entropy
  --shard i/n  --out FILE  --resume  --workers N  --list  --quiet     as for study

  recover merge FILE… [--out FILE]
${INSTRUMENT}`,

  match: `Compares two crystals by the algorithm of pymatgen's StructureMatcher and prints verdict and gauges.
It is not symmetric: "reversed" is whether the crystals match in the other order.
  npm run -s match -- CRYSTAL CRYSTAL [--ltol 0.1] [--stol 0.2] [--angle-tol 5] [--no-primitive] [--no-scale]
${CRYSTAL}`,

  amd: `Prints the Average Minimum Distances of a crystal, or of two the distance of their AMD vectors and the Earth Mover's
Distance of their PDDs, angstrom.
  npm run -s amd -- CRYSTAL [CRYSTAL] [--k 100]
${CRYSTAL}`,
};
