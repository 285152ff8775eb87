import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { gridShape } from '../../src/phasing/densityGrid.ts';
import { roundSpacing, sectionPicture } from '../../src/phasing/lab/densityMap.ts';
import { mapsOf } from '../../src/phasing/lab/maps.ts';
import { pattersonOf } from '../../src/phasing/lab/pattersonMap.ts';
import { patternOf } from '../../src/phasing/lab/phasedPattern.ts';
import { powderLossOf } from '../../src/phasing/lab/powderLoss.ts';
import { wavesOf } from '../../src/phasing/lab/waves.ts';
import { chosenPhases, type PhaseChoice, withPhases } from '../../src/phasing/phaseChoice.ts';
import { instrumentTo, peakOverlaps, peaksOf } from '../../src/phasing/powderCounts.ts';
import {
  phasesOf,
  structureFactors,
  structureFactorsAt,
  withBlur,
} from '../../src/phasing/structureFactors.ts';
import { densityAt, synthesise } from '../../src/phasing/synthesis.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';
import { mapCorrelation } from '../support/mapCorrelation.ts';

const COARSE = { ...PAPER_INSTRUMENT, step: 0.05 };
const SECTION = { axis: 'y', height: 0.1, points: 40 } as const;
const HOME = [0, 0, 0] as const;

const choices = (id: string): Record<string, PhaseChoice> => ({
  true: { kind: 'true' },
  zero: { kind: 'zero' },
  random: { kind: 'random', seed: 5 },
  perturbed: { kind: 'perturbed', seed: 6, spread: 70 },
  borrowed: { kind: 'borrowed', donor: libraryStructure(id === 'BPO4' ? 'Ga2O3' : 'BPO4'), share: 1 },
  mixed: { kind: 'borrowed', donor: libraryStructure(id === 'BPO4' ? 'Ga2O3' : 'BPO4'), share: 0.4 },
});

describe('the pattern of the laboratory', () => {
  it.each(LIBRARY.map(entry => entry.id))(
    'of %s is that of the explorer to 1e-12 under every choice of phases and every origin',
    id => {
      const crystal = libraryStructure(id);
      const expected = simulatePattern(scatteringModel(crystal.sites, COARSE, crystal.cell), crystal.cell);
      for (const [name, choice] of Object.entries(choices(id)))
        for (const origin of [HOME, [0.31, 0.07, 0.9] as const]) {
          const { values } = patternOf({ crystal, moved: null, origin, choice, instrument: COARSE });
          expectClose(values, expected, { relative: 1e-12, absolute: 0 }, `${name} at ${origin.join()}`);
        }
    },
  );

  it('is that of the explorer with a second line of the anode and a largest index, too', () => {
    const crystal = libraryStructure('Na3MnCoNiO6');
    const instrument = { ...COARSE, secondWavelength: 1.54439, secondRatio: 0.5, maxIndex: 6 };
    const expected = simulatePattern(scatteringModel(crystal.sites, instrument, crystal.cell), crystal.cell);
    const choice = { kind: 'random', seed: 2 } as const;
    const { values } = patternOf({ crystal, moved: null, origin: HOME, choice, instrument });
    expectClose(values, expected, { relative: 1e-12, absolute: 0 }, 'pattern');
  });

  it('changes when an atom moves, and lists the reflections that it has', () => {
    const crystal = libraryStructure('SrTiO3');
    const moved = crystal.sites.map((site, i) =>
      i === 1 ? { ...site, fract: [0.6, 0.5, 0.5] as const } : site,
    );
    const base = { crystal, origin: HOME, choice: { kind: 'true' } as const, instrument: COARSE };
    const before = patternOf({ ...base, moved: null });
    const after = patternOf({ ...base, moved });
    const highest = Math.max(...before.values);
    expect(Math.max(...before.values.map((value, i) => Math.abs(value - after.values[i]!)))).toBeGreaterThan(
      0.05 * highest,
    );
    expect(before.twoTheta.length).toBe(before.intensity.length);
    expect(before.hkl.length).toBe(3 * before.intensity.length);
    expect(Math.max(...before.twoTheta)).toBeLessThanOrEqual(90);
  });
});

describe('mixed phases', () => {
  it('go the shorter way from the true ones to the borrowed ones', () => {
    const factors = structureFactors(libraryStructure('Na3MnCoNiO6'), 1.5);
    const donor = libraryStructure('BPO4');
    const at = (share: number) => chosenPhases(factors, { kind: 'borrowed', donor, share }).phases;
    const truth = phasesOf(factors);
    expectClose(at(0), truth, { relative: 0, absolute: 1e-12 }, 'nothing borrowed');
    const [half, full] = [at(0.5), at(1)];
    const lent = phasesOf(structureFactorsAt(donor, factors.hkl));
    for (let k = 0; k < truth.length; k++) {
      expect(Math.abs(full[k]! - truth[k]!)).toBeLessThanOrEqual(180 + 1e-9);
      expect(half[k]!).toBeCloseTo((truth[k]! + full[k]!) / 2, 9);
      // The donor's own phase up to whole turns, where it has one.
      const apart = (full[k]! - lent[k]!) / 360;
      if (Math.abs(apart - Math.round(apart)) > 1e-9) expect(full[k]! - truth[k]!).toBeCloseTo(-truth[k]!, 9);
    }
  });
});

describe('the maps', () => {
  const crystal = libraryStructure('VNi2S3');

  it('agree with what is synthesised and correlated directly', () => {
    const choice = choices('VNi2S3')['borrowed']!;
    const maps = mapsOf({ crystal, choice, dMin: 1.2, blur: 2, section: SECTION, spacing: null, level: 0.2 });
    const truth = withBlur(structureFactors(crystal, 1.2), 2);
    const other = withPhases(truth, chosenPhases(truth, choice).phases);
    const shape = gridShape(crystal.cell, 1.2);
    const [p, q] = [synthesise(truth, shape).values, synthesise(other, shape).values];
    expect(maps.correlation).toBeCloseTo(mapCorrelation(p, q), 10);
    expect(maps.truth.highest).toBe(Math.max(...p));
    expect(maps.other.lowest).toBe(Math.min(...q));
    const { nu, nv, values } = maps.other.section;
    for (const [i, j] of [
      [0, 0],
      [7, 11],
      [nu - 1, nv - 1],
    ] as const)
      expect(values[j * nu + i]).toBeCloseTo(densityAt(other, [i / (nu - 1), 0.1, j / (nv - 1)]), 9);
    expect(maps.truth.surface!.indices.length).toBeGreaterThan(0);
    expect(maps.truth.level).toBeCloseTo(0.2 * maps.truth.highest, 12);
    expect(maps.spacing).toBe(roundSpacing(maps.truth.highest));
  });

  it('have lines at whole multiples of the spacing, positive and negative', () => {
    const factors = structureFactors(crystal, 1.2);
    const { lines, values, nu } = sectionPicture(factors, SECTION, 4);
    expect(lines.some(line => line.level < 0) && lines.some(line => line.level > 0)).toBe(true);
    for (const { level, points } of lines) {
      expect(Math.abs(level / 4 - Math.round(level / 4))).toBe(0);
      const [x, y] = [points[0]!, points[1]!];
      // One coordinate of a crossing is whole: it lies between the two grid points of an edge.
      const [a, b] =
        x === Math.floor(x)
          ? [values[Math.floor(y) * nu + x]!, values[Math.ceil(y) * nu + x]!]
          : [values[y * nu + Math.floor(x)]!, values[y * nu + Math.ceil(x)]!];
      expect(Math.min(a, b)).toBeLessThanOrEqual(level);
      expect(Math.max(a, b)).toBeGreaterThanOrEqual(level);
    }
  });

  it('say so where no reflection is left', () => {
    const bare = {
      crystal,
      choice: { kind: 'true' } as const,
      blur: 0,
      section: SECTION,
      spacing: null,
      level: null,
    };
    expect(() => mapsOf({ ...bare, dMin: 50 })).toThrow(
      'no reflection of this crystal has a spacing of 50 Å',
    );
  });
});

describe('the Patterson map', () => {
  it('is looked up at the interatomic vectors and has its highest value at the origin until that is removed', () => {
    const crystal = libraryStructure('SrTiO3');
    const args = { crystal, dMin: 0.9, sharpen: false, damping: 1, section: SECTION, level: null };
    const plain = pattersonOf({ ...args, removeOrigin: false });
    expect(plain.origin).toBeCloseTo(plain.map.highest, 6);
    expect(plain.vectorCount).toBe(plain.vectors.length);
    // Sr–Ti along the body diagonal: one vector, two ordered pairs on it.
    const diagonal = plain.vectors.find(({ elements }) => elements === 'Sr–Ti')!;
    expect(diagonal.vector.every(value => Math.abs(value - 0.5) < 1e-9)).toBe(true);
    expect(diagonal.weight).toBe(2 * 38 * 22);
    const removed = pattersonOf({ ...args, removeOrigin: true });
    expect(Math.abs(removed.origin)).toBeLessThan(0.1 * plain.origin);
  });
});

describe('waves', () => {
  it('of moved atoms and another origin are listed beside those of the crystal', () => {
    const crystal = libraryStructure('BPO4');
    const { reflections, conditions } = wavesOf({
      crystal,
      moved: crystal.sites,
      origin: [0.1, 0.2, 0.3],
      dMin: 1.3,
    });
    expectClose(
      reflections.otherAmplitude,
      reflections.amplitude,
      { relative: 1e-10, absolute: 1e-9 },
      'amplitudes',
    );
    for (let k = 0; k < reflections.d.length; k++) {
      if (reflections.amplitude[k]! < 0.01) continue;
      const [h, l, m] = [0, 1, 2].map(i => reflections.hkl[3 * k + i]!) as [number, number, number];
      const turned =
        (reflections.otherPhase[k]! - reflections.phase[k]!) / 360 - (0.1 * h + 0.2 * l + 0.3 * m);
      expect(Math.abs(turned - Math.round(turned))).toBeLessThan(1e-9);
    }
    expect(conditions.map(({ cause }) => cause)).toContain('I centring');
    for (const { example } of conditions)
      expect(Math.abs((example[0] + example[1] + example[2]) % 2)).toBe(1);
  });
});

describe('the loss of a powder', () => {
  it('has curves that are the direct counts, none beyond the limiting sphere, and lists each overlapping peak', () => {
    const crystal = libraryStructure('Ga2O3');
    const loss = powderLossOf({ crystal, instrument: PAPER_INSTRUMENT });
    const { label, wavelength, overlapped } = loss.curves.find(curve => curve.label.startsWith('Mo'))!;
    const index = 10;
    const scaled = instrumentTo(PAPER_INSTRUMENT, {
      wavelength,
      widthScale: loss.scales[index]!,
      dMin: loss.dMin,
    });
    const direct = peakOverlaps(peaksOf(crystal, scaled), scaled);
    expect(overlapped![index], label).toBeCloseTo(
      direct.filter(({ partners }) => partners.length > 0).length / direct.length,
      12,
    );
    expect(loss.curves.find(curve => curve.label.startsWith('Cr'))!.overlapped).toBeNull();
    expect(loss.groups.filter(group => group.partners.length > 0).length).toBe(loss.counts.overlapped);
  });
});
