"""Writes textbook structures, and random ones in the 530 settings of International Tables B, in the spellings and with the
faults that real CIF files have: symbols, full symbols, Hall, number or nothing; the identity alone, gaps, slips and the other
origin among the operators; atoms doubled or those of the whole cell; superspace and magnetic operators; labels alone,
deuterium; occupancies that count multiplicities. Beside them expected.json: cell, group and every atom that was put in.
Run: /usr/bin/python3 tests/corpus/spellings.py OUT [SEED [RANDOM STRUCTURES]]; npx tsx tests/corpus/spellings.ts OUT"""

import json
import math
import os
import random
import sys

import gemmi
from pymatgen.symmetry.groups import SpaceGroup

out = sys.argv[1]
random.seed(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
os.makedirs(out, exist_ok=True)
TABLE = [g for i, g in enumerate(gemmi.spacegroup_table()) if i < 530]
RIGHT = [90, 90, 90]
BOOKS = [
    ("F m -3 m", [5.64, 5.64, 5.64, *RIGHT], "Na 0 0 0;Cl .5 .5 .5"),
    ("F d -3 m:1", [3.567, 3.567, 3.567, *RIGHT], "C 0 0 0"),
    ("F d -3 m:2", [5.431, 5.431, 5.431, *RIGHT], "Si .125 .125 .125"),
    ("F d -3 m:2", [8.083, 8.083, 8.083, *RIGHT], "Mg .125 .125 .125;Al .5 .5 .5;O .2624 .2624 .2624"),
    ("F d -3 m:1", [8.083, 8.083, 8.083, *RIGHT], "Mg 0 0 0;Al .625 .625 .625;O .3874 .3874 .3874"),
    ("I 41/a m d:1", [6.607, 6.607, 5.982, *RIGHT], "Zr 0 0 0;Si 0 0 .5;O 0 .184 .3203"),
    ("I 41/a m d:2", [6.607, 6.607, 5.982, *RIGHT], "Zr 0 .75 .125;Si 0 .25 .375;O 0 .0661 .1953"),
    ("P 42/m n m", [4.594, 4.594, 2.959, *RIGHT], "Ti 0 0 0;O .3053 .3053 0"),
    ("P 32 2 1", [4.913, 4.913, 5.405, 90, 90, 120], "Si .4697 0 .666667;O .4135 .2669 .7858"),
    ("R -3 c:H", [4.759, 4.759, 12.991, 90, 90, 120], "Al 0 0 .3522;O .3064 0 .25"),
    ("R -3 c:R", [5.128, 5.128, 5.128, 55.28, 55.28, 55.28], "Al .3522 .3522 .3522;O .5564 .9436 .25"),
    ("P n m a", [5.442, 7.640, 5.380, *RIGHT], "Ca .0357 .25 .9932;Ti 0 0 .5;O .4837 .25 .0748;O .2889 .0372 .7111"),
    ("P a -3", [5.418, 5.418, 5.418, *RIGHT], "Fe 0 0 0;S .385 .385 .385"),
    ("I a -3 d", [11.459, 11.459, 11.459, *RIGHT], "Mg .125 0 .25;Al 0 0 0;Si .375 0 .25;O .0329 .0503 .6534"),
    ("P n -3 m:2", [4.27, 4.27, 4.27, *RIGHT], "O .25 .25 .25;Cu 0 0 0"),
    ("P 63/m m c", [3.16, 3.16, 12.294, 90, 90, 120], "Mo .333333 .666667 .25;S .333333 .666667 .621"),
    ("P 1 21/c 1", [5.15, 5.212, 5.317, 90, 99.23, 90], "Zr .2754 .0395 .2083;O .07 .3317 .3447;O .4496 .7569 .4792"),
    ("P -4 21 m", [5.565, 5.565, 4.684, *RIGHT], "C 0 .5 .326;O 0 .5 .5953;N .1459 .6459 .1766;H .2575 .7575 .2827;H .1441 .6441 .962"),
    ("I 41/a:2", [5.243, 5.243, 11.376, *RIGHT], "Ca 0 .25 .625;W 0 .25 .125;O .1504 .0085 .2111"),
    ("P 4/n m m:1", [3.975, 3.975, 5.023, *RIGHT], "O 0 0 0;Pb 0 .5 .237"),
    ("I 1 2/c 1", [5.679, 15.202, 6.522, 90, 118.43, 90], "Ca .5 .0797 .25;S 0 .0773 .75;O .9632 .1319 .5505;O .7582 .0222 .6671;O .3796 .1821 .4588;H .2511 .1616 .5037;H .4046 .2427 .4921"),
]


def wrap(place):
    place = [round(v - math.floor(v), 9) for v in place]
    return [0.0 if v >= 1 - 1e-7 else v for v in place]


def orbit(ops, place):
    found = []
    for op in ops:
        image = wrap(op.apply_to_xyz(place))
        if all(max(abs(a - b - round(a - b)) for a, b in zip(image, other)) > 1e-4 for other in found):
            found.append(image)
    return found


def random_cell(group):
    a, b, c = (random.uniform(0.8, 1.25) for _ in range(3))
    if group.number <= 2:
        return [a, b, c, random.uniform(80, 100), random.uniform(80, 105), random.uniform(95, 110)]
    if group.number <= 15:
        angles = [90, 90, 90]
        angles[next(i for i, part in enumerate(group.hm.split()[1:]) if part != "1")] = random.uniform(95, 112)
        return [a, b, c, *angles]
    if group.number <= 74:
        return [a, b, c, *RIGHT]
    if group.ext[:1] == "R":
        return [a, a, a] + [random.choice([55, 62, 75, 83])] * 3
    return [a, a, c, *RIGHT] if group.number <= 142 else [a, a, 1.5 * c, 90, 90, 120] if group.number <= 194 else [a, a, a, *RIGHT]


def apart(cell, p, q):
    d = [a - b - round(a - b) for a, b in zip(p, q)]
    steps = (-1, 0, 1)
    return min(cell.orthogonalize(gemmi.Fractional(d[0] + i, d[1] + j, d[2] + k)).length() for i in steps for j in steps for k in steps)


def random_structure():
    while True:
        group = random.choice(TABLE)
        ops = list(group.operations())
        atoms = []
        for element in random.sample(["Na", "Ca", "Fe", "Cl", "O", "S", "Si", "Zn", "K", "Ti"], 3):
            atoms.append((element, [random.choice([0, 0.25, 0.5, 0.75, 0.125, round(random.random(), 4), round(random.random(), 4)]) for _ in range(3)]))
        places = [image for _, place in atoms for image in orbit(ops, place)]
        if not 2 < len(places) < 200:
            continue
        shape = random_cell(group)
        scale = (22 * len(places) / gemmi.UnitCell(*shape).volume) ** (1 / 3)
        cell = [round(v * scale, 3) if i < 3 else round(v, 2) for i, v in enumerate(shape)]
        metric = gemmi.UnitCell(*cell)
        if all(apart(metric, p, q) > 2.2 for i, p in enumerate(places) for q in places[:i]):
            return group.xhm(), cell, atoms


count = int(sys.argv[3]) if len(sys.argv) > 3 else 0
books = [(xhm, cell, [(row.split()[0], [float(v) for v in row.split()[1:]]) for row in text.split(";")]) for xhm, cell, text in BOOKS]
expected = []
for index, (xhm, cell, atoms) in enumerate(books + [random_structure() for _ in range(count)]):
    group = next(g for g in TABLE if g.xhm() == xhm)
    ext = group.ext.strip("\0 ")
    ops = [op.triplet() for op in group.operations()]
    images = [[element, orbit(list(group.operations()), place)] for element, place in atoms]
    every = [(element, place) for element, places in images for place in places]
    amounts = {element: sum(1 for other, _ in every if other == element) for element, _ in every}
    units = math.gcd(*amounts.values())
    formula = f"_chemical_formula_sum '{' '.join(e + str(n // units) for e, n in amounts.items())}'"
    with_z = [formula, f"_cell_formula_units_Z {units}"]
    whole = [f"_chemical_formula_sum '{' '.join(e + str(n) for e, n in amounts.items())}'", with_z[1]]
    named = f"_symmetry_space_group_name_H-M '{group.hm}'"
    exact = f"_space_group_name_H-M_alt '{xhm}'"
    full = SpaceGroup.from_int_number(group.number).full_symbol
    standard = gemmi.get_spacegroup_reference_setting(group.number).hm == group.hm
    ext_known = formula if ext in ("1", "2") else ""

    def rows(listed, last=None, digits=5, label=lambda e, i: f"{e}{i + 1}", types=True):
        tags = ["label"] + ["type_symbol"] * types + ["fract_x", "fract_y", "fract_z"] + ([last[0]] if last else [])
        lines = ["loop_"] + ["_atom_site_" + tag for tag in tags]
        for i, (element, place) in enumerate(listed):
            values = [label(element, i)] + [element] * types + [f"{v:.{digits}f}" for v in place] + ([str(last[1][i])] if last else [])
            lines.append(" ".join(values))
        return lines

    def operators(listed, tag="_symmetry_equiv_pos_as_xyz"):
        return ["loop_", tag] + [f"'{op}'" for op in listed]

    def write(style, head, body, number=group.number):
        name = f"{index}-{group.number}--{style}.cif"
        names = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"]
        lines = ["data_x", *head, *[f"_cell_{n} {v}" for n, v in zip(names, cell)], *body]
        with open(os.path.join(out, name), "w") as f:
            f.write("\n".join(lines) + "\n")
        expected.append({"file": name, "style": style, "cell": cell, "number": number, "sites": [[e, *p] for e, p in every]})

    plain, listed_all = rows(atoms), rows(every)
    write("operators", [named, *operators(ops)], plain)
    write("decimals", [named, *operators([op.replace("1/3", ".3333").replace("2/3", ".6667").replace("1/2", "0.5") for op in ops])], rows(atoms, digits=4))
    write("symbol with extension", [exact], plain)
    write("symbol of the ICSD", [named[:-1] + {"1": " S", "2": " Z", "H": " H", "R": " R"}.get(ext, "") + "'"], plain)
    write("Hall symbol", [f"_space_group_name_Hall '{group.hall}'"], plain)
    write("symbol, formula", [named, formula], plain)
    write("symbol, formula, Z", [named, *with_z], plain)
    write("symbol, formula of the cell", [named, *whole], plain)
    write("symbol, multiplicities", [named], rows(atoms, ("symmetry_multiplicity", [len(p) for _, p in images])))
    write("symbol alone", [named], plain)
    write("number, formula, Z", [f"_symmetry_Int_Tables_number {group.number}", *with_z] + [named] * (not standard), plain)
    if standard and "/" in full:
        write("full symbol", [f"_space_group_name_H-M_full '{full}'", ext_known], plain)
    write("labels alone", [named, *operators(ops)], rows(atoms, types=False))
    write("capitals, formula", [named, formula, *operators(ops)], rows(atoms, types=False, label=lambda e, i: f"{e.upper()}{i + 1}"))
    if "H" in amounts:
        write("deuterium", [named, formula.replace("H", "D"), *operators(ops)], rows(atoms, types=False, label=lambda e, i: "Dw" + "abcdefgh"[i] if e == "H" else f"{e}{i + 1}"))
    write("superspace", operators([op.replace("x", "x1").replace("y", "x2").replace("z", "x3") + ",x4" for op in ops], "_space_group_symop_ssg_operation_algebraic"), plain)
    write("magnetic", operators([op + random.choice([",+1", ",-1"]) for op in ops], "_space_group_symop_magn_operation.xyz"), plain)
    if len(ops) == 1:
        continue
    write("identity alone", [exact, *operators(["x,y,z"])], plain)
    write("identity alone, formula, Z", [exact, *with_z, *operators(["x,y,z"])], plain)
    write("whole cell, P 1", ["_symmetry_space_group_name_H-M 'P 1'", *with_z, *operators(["x,y,z"])], listed_all, 1)
    write("whole cell, symbol", [exact], listed_all)
    write("whole cell, identity", [exact, *operators(["x,y,z"])], listed_all)
    doubled = atoms + [(e, [v + random.uniform(-1e-4, 1e-4) for v in random.choice(p)]) for e, p in images]
    write("atoms doubled", [named, *operators(ops)], rows(doubled))
    if any(len(p) < len(ops) for _, p in images):
        write("occupancies that count", [exact, *with_z, *operators(ops)], rows(atoms, ("occupancy", [len(p) / len(ops) for _, p in images])))
    primitive = [op.triplet() for op in group.operations().sym_ops]
    if 1 < len(primitive) < len(ops):
        write("no centring", [exact, *operators(primitive)], plain)
    if len(ops) >= 4:
        at = random.randrange(1, len(ops))
        part = random.randrange(3)
        slipped = [p if i != part else p[1:] if p[0] == "-" else "-" + p for i, p in enumerate(ops[at].split(","))]
        write("an operator with a slip", [exact, *operators(ops[:at] + [",".join(slipped)] + ops[at + 1 :])], plain)
        write("an operator missing", [exact, *operators(ops[:at] + ops[at + 1 :])], plain)
        write("an operator unreadable", [named, *operators(ops[:-1] + [ops[-1].replace("z", "q")])], plain)
    if ext in ("1", "2"):
        other = gemmi.find_spacegroup_by_name(group.hm + ":" + "21"[int(ext) - 1])
        write("operators of the other origin, formula", [named, formula, *operators([op.triplet() for op in other.operations()])], plain)
with open(os.path.join(out, "expected.json"), "w") as f:
    json.dump(expected, f)
print(len(books) + count, "structures,", len(expected), "files")
