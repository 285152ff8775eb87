import { describe, expect, it } from 'vitest';
import { fixture, scan } from './measuredCases.ts';

describe('the wavelength of a header', () => {
  it.each([
    ['# Wavelength: 4.066e-11 m', 0.4066],
    ['"wavelength": 4.066e-11,', 0.4066],
    ['# wavelength = 0.15406 nm', 1.5406],
    ['# Wavelength (nm): 0.15406', 1.5406],
    ['# lambda 71.07 pm', 0.7107],
    ['# wavelength [Angstrom] = 1,5406', 1.5406],
    ['# λ = 1.5406 Å', 1.5406],
    ['# Wavelength: 1 A', 1],
    ['K-Alpha1 wavelength,1.540598', 1.540598],
  ])('%s', (line, expected) => {
    expect(scan(`${line}\n1 2\n2 3\n3 4\n`).wavelength?.alpha1).toBeCloseTo(expected, 9);
  });

  it('a number without decimals or unit is none, and a missing unit is said', () => {
    expect(scan('# wavelength 2\n1 2\n2 3\n3 4\n').wavelength).toBeNull();
    expect(scan('# wavelength 0.154\n1 2\n2 3\n3 4\n').wavelength?.source).toContain('gives no unit');
  });

  it('keeps Kα2 and the ratio', () => {
    const head = 'K-Alpha1 wavelength,1.540598\nK-Alpha2 wavelength,1.544426\nRatio K-Alpha2/K-Alpha1,0.5\n';
    expect(scan(`${head}1,2\n2,3\n3,4\n`).wavelength).toMatchObject({
      alpha1: 1.540598,
      alpha2: 1.544426,
      ratio: 0.5,
    });
  });
});

describe('Kα1 or both lines, by ratio and incident optics', () => {
  const good = new TextDecoder().decode(fixture('version1.xrdml'));
  const both = { alpha1: 1.540598, alpha2: 1.544426, ratio: 0.5 };
  const alone = { alpha1: 1.540598, alpha2: null, ratio: null };
  const within = (part: string): string => good.replace('</incidentBeamPath>', `${part}</incidentBeamPath>`);
  it.each([
    ['intended Kα1, ratio one half, no crystal', good, both],
    [
      'a germanium monochromator',
      within('<monochromator name="Johansson Ge(111)"><crystal>Ge</crystal></monochromator>'),
      alone,
    ],
    ['a hybrid mirror', within('<xRayMirror name="Hybrid" hybrid="true"/>'), alone],
    ['a mirror', within('<xRayMirror name="Mirror" hybrid="false"/>'), both],
    ['graphite', within('<monochromator name="Flat"><crystal>Graphite</crystal></monochromator>'), both],
    ['ratio 0', good.replace('>0.5<', '>0<'), alone],
  ])('%s', (_, text, expected) => {
    const { wavelength, assumptions } = scan(text);
    expect(wavelength).toMatchObject(expected);
    if (text === good) expect(assumptions.join()).toContain('Kα1 is intended, but no monochromator');
  });
});

describe('the lines of a Rigaku tube', () => {
  const good = new TextDecoder().decode(fixture('scan.ras'));
  const having = (...lines: string[]): string =>
    good.replace('*RAS_HEADER_END', `${lines.join('\r\n')}\r\n*RAS_HEADER_END`);
  const optics = (position: string): string =>
    having(
      '*MEAS_COND_AXIS_NAME_INTERNAL-14 "IncidentMonochromator"',
      `*MEAS_COND_AXIS_POSITION-14 "${position}"`,
    );
  it.each([
    ['Ge(220)x2', 1.540598, null, 'takes Kα2 away'],
    ['IPS_adaptor', 1.540598, 1.544426, 'not whether a monochromator'],
  ])('%s in the incident beam', (position, alpha1, alpha2, said) => {
    const { wavelength, assumptions } = scan(optics(position));
    expect(wavelength).toMatchObject({ alpha1, alpha2 });
    expect(assumptions.join()).toContain(said);
  });

  it('are Kβ where the file says so', () => {
    const { wavelength } = scan(having('*MEAS_COND_XG_WAVE_TYPE "Kb"'));
    expect(wavelength).toMatchObject({ alpha1: 1.39225, alpha2: null });
  });
});
