"""Writes the files of a folder anew in other styles, beside what gemmi reads from the original: symmetry by Hall symbol, by
Hermann-Mauguin symbol (with and without spaces) or by number alone, current and dotted tag names, no type symbols, values quoted and
in lower case, and by pymatgen's writer with and without symmetry.
Run: /usr/bin/python3 tests/corpus/rewrite.py FOLDER OUT; npx tsx tests/corpus/compare.ts OUT OUT/reference.jsonl"""

import json
import os
import sys
import warnings

import gemmi
from gemmi import cif

warnings.filterwarnings("ignore")
source, out = sys.argv[1:3]
os.makedirs(out, exist_ok=True)
OPS = ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz"]
SYMMETRY = ["_symmetry", "_space_group"]
reference = open(os.path.join(out, "reference.jsonl"), "w")
count = {}


def group_of(block):
    ops = next((list(block.find_values(t)) for t in OPS if len(block.find_values(t))), [])
    if len(ops) < 2:
        return None
    return gemmi.find_spacegroup_by_ops(gemmi.GroupOps([gemmi.Op(cif.as_string(o)) for o in ops]))


def atoms_of(block):
    names = ["label", "?type_symbol", "fract_x", "fract_y", "fract_z", "?occupancy"]
    table = block.find("_atom_site_", names)
    rows = []
    for row in table:
        values = [row[i] if row.has(i) else None for i in range(6)]
        if any(v in ("?", ".", None) for v in values[2:5]):
            return None
        rows.append(values)
    return rows


def measure(s):
    sites = s.get_all_unit_cell_sites()
    return {"atoms": len(sites), "charge": sum(x.occ * x.element.atomic_number for x in sites)}


def write(name, text, entry):
    with open(os.path.join(out, name), "w") as f:
        f.write(text)
    reference.write(json.dumps({"file": name, "blocks": [entry]}) + "\n")
    style = name.split("--")[1][:-4]
    count[style] = count.get(style, 0) + 1


def render(cell, symmetry, rows, style):
    tag = (lambda t: t) if style != "dotted" else (lambda t: t.replace("_cell_", "_cell.").replace("_atom_site_", "_atom_site.").replace("_space_group_name", "_space_group.name"))
    names = ["length_a", "length_b", "length_c", "angle_alpha", "angle_beta", "angle_gamma"]
    lines = ["# rewritten", "data_x"] + [f"{tag('_cell_' + n)} {v}" for n, v in zip(names, cell)]
    lines += [tag(s) for s in symmetry]
    columns = [0, 1, 2, 3, 4, 5]
    if style == "bare" or rows[0][1] is None:
        columns.remove(1)
    if rows[0][5] is None:
        columns.remove(5)
    tags = ["label", "type_symbol", "fract_x", "fract_y", "fract_z", "occupancy"]
    lines += ["loop_"] + [tag("_atom_site_" + tags[c]) for c in columns]
    for row in rows:
        values = [row[c] for c in columns]
        if style == "quoted":
            values = ["'" + cif.as_string(v).replace("'", "") + "'" for v in values]
        lines.append(" ".join(values))
    return "\n".join(lines) + "\n"


for root, _, names in sorted(os.walk(source)):
    for name in sorted(names):
        if not name.lower().endswith(".cif") or os.path.getsize(os.path.join(root, name)) > 200_000:
            continue
        path = os.path.join(root, name)
        try:
            document = cif.read_file(path)
            blocks = [b for b in document if len(b.find_values("_atom_site_fract_x"))]
            if len(blocks) != 1:
                continue
            block = blocks[0]
            group = group_of(block)
            s = gemmi.make_small_structure_from_block(block)
            rows = atoms_of(block)
        except Exception:
            continue
        if not group or not rows or any(x.element.atomic_number == 0 for x in s.sites) or any(not 0 < x.occ <= 1.1 for x in s.sites):
            continue
        s.spacegroup_hm = group.xhm()
        s.setup_cell_images()
        entry = {"name": "x", "cell": list(s.cell.parameters), "hm": group.xhm(), "group": group.xhm(), "unknown": [], "empty": 0, "operators": None, **measure(s)}
        if entry["atoms"] > 3000:
            continue
        cell = s.cell.parameters
        base = os.path.splitext(os.path.relpath(path, source))[0].replace("/", "_")[-60:]
        ops = ["loop_", "_space_group_symop_operation_xyz"] + [op.triplet() for op in group.operations()]
        upper = ["loop_", "_symmetry_equiv_pos_as_xyz"] + ["'" + op.triplet().upper().replace(",", ", ") + "'" for op in group.operations()]
        write(f"{base}--hall.cif", render(cell, [f"_space_group_name_Hall '{group.hall}'"], rows, ""), entry)
        write(f"{base}--hm.cif", render(cell, [f"_symmetry_space_group_name_H-M '{group.xhm()}'"], rows, ""), entry)
        write(f"{base}--packed.cif", render(cell, [f"_space_group_name_H-M_alt '{group.xhm().replace(' ', '')}'"], rows, "quoted"), entry)
        write(f"{base}--dotted.cif", render(cell, [f"_space_group_name_H-M_alt '{group.xhm()}'"], rows, "dotted"), entry)
        write(f"{base}--operators.cif", render(cell, ops, rows, ""), entry)
        write(f"{base}--upper.cif", render(cell, upper, rows, "quoted"), entry)
        bare = s.sites
        if all(gemmi.Element(x.label[:2] if x.label[1:2].isalpha() else x.label[:1]) == x.element for x in bare):
            write(f"{base}--bare.cif", render(cell, ops, rows, "bare"), entry)
        if gemmi.get_spacegroup_reference_setting(group.number).xhm() == group.xhm() and not group.ext.strip("\0 "):
            write(f"{base}--number.cif", render(cell, [f"_space_group_IT_number {group.number}"], rows, ""), entry)
        if entry["atoms"] > 120:
            continue
        try:
            from pymatgen.core import Structure
            from pymatgen.io.cif import CifWriter

            crystal = Structure.from_file(path)
            charge = sum(sp.Z * occ for site in crystal for sp, occ in site.species.items())
            count_sites = sum(len(site.species) for site in crystal)
            if abs(charge - entry["charge"]) > 1e-3 or count_sites != entry["atoms"]:
                continue
            p1 = {**entry, "cell": list(crystal.lattice.parameters)}
            for style, symprec in [("pymatgen", None), ("symprec", 0.01)]:
                text = str(CifWriter(crystal, symprec=symprec))
                block = cif.read_string(text).sole_block()
                written = gemmi.make_small_structure_from_block(block)
                write(f"{base}--{style}.cif", text, {**p1, "name": block.name, "cell": list(written.cell.parameters), **measure(written)})
        except Exception:
            continue
reference.close()
print(count)
