import { expect, test } from '@playwright/test';
import { drop, mapFinished } from './explorer.ts';

/** A supercell of rock salt whose space group takes a minute to find. */
function salt(n: number): string {
  const places = [
    ['Na', 0, 0, 0],
    ['Na', 1, 1, 0],
    ['Na', 1, 0, 1],
    ['Na', 0, 1, 1],
    ['Cl', 1, 0, 0],
    ['Cl', 0, 1, 0],
    ['Cl', 0, 0, 1],
    ['Cl', 1, 1, 1],
  ] as const;
  const rows = Array.from({ length: n ** 3 }, (_, i) => [
    i % n,
    Math.floor(i / n) % n,
    Math.floor(i / n ** 2),
  ])
    .flatMap(([i = 0, j = 0, k = 0]) =>
      places.map(([element, x, y, z]) => [
        element,
        ...[i + x / 2, j + y / 2, k + z / 2].map(at => (at / n).toFixed(6)),
      ]),
    )
    .map((row, i) => `${row[0]}${i} ${row.join(' ')}`);
  return `data_salt
_cell_length_a ${5.64 * n}
_cell_length_b ${5.64 * n}
_cell_length_c ${5.64 * n}
_symmetry_space_group_name_H-M 'P 1'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
${rows.join('\n')}
`;
}

test('the page stays alive: a pattern of a million reflections is asked about, a search for symmetry skipped', async ({
  page,
}) => {
  for (const visit of ['link', 'reload']) {
    if (visit === 'link') await page.goto('/#v=1&n=11&wl=0.1&tt1=170');
    else await page.reload();
    const asked = page.getByRole('status').filter({ hasText: 'reflections of 3 atoms' });
    await expect(asked).toContainText('for the first pattern on this device');
    await expect(asked.getByRole('button', { name: 'Compute it' })).toBeEnabled();
  }
  await page.getByRole('button', { name: /^Only up to \d+°$/ }).click();
  await mapFinished(page);
  await drop(page, 'salt.cif', salt(7));
  await expect(page.getByRole('dialog').getByText('Looking for the space group.')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).click();
  await expect(page.getByRole('dialog').getByText('Skipped: the symmetry')).toBeVisible();
  await expect(page.getByRole('dialog').getByText('2\u202f744 atoms, about')).toBeVisible();
});
