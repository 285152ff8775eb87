"""What gemmi reads from CIF files: for every block with atoms the cell, the number of atoms in the unit cell and the sum of
occupancy times Z, as one JSON line a file. Images come from the operators that the file lists where it lists some, since
gemmi 0.5.7 itself follows the Hermann-Mauguin symbol only; both readings are given.
Run: /usr/bin/python3 tests/corpus/gemmi_reference.py FOLDER > reference.jsonl"""

import gzip
import json
import math
import os
import sys

import gemmi

OPS = ["_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz", "_space_group_symop.operation_xyz"]


def measure(structure):
    sites = structure.get_all_unit_cell_sites()
    sites = [s for s in sites if not any(math.isnan(v) for v in s.fract.tolist())]
    return {
        "atoms": len(sites),
        "charge": sum(s.occ * s.element.atomic_number for s in sites),
        "unknown": sorted({s.type_symbol or s.label for s in sites if s.element.atomic_number == 0}),
        "empty": sum(1 for s in sites if s.occ == 0),
    }


def by_operators(structure, block):
    """The same with the file's own operators: gemmi's rule (0.4 angstrom within an orbit) in Python."""
    ops = next((list(block.find_values(tag)) for tag in OPS if len(block.find_values(tag))), [])
    if not ops:
        return None
    parsed = [gemmi.Op(gemmi.cif.as_string(o)) for o in ops]
    cell = structure.cell
    atoms, charge = 0, 0.0
    for site in structure.sites:
        f = site.fract.tolist()
        if any(math.isnan(v) for v in f):
            continue
        found = [gemmi.Fractional(*f)]
        for op in parsed:
            image = gemmi.Fractional(*op.apply_to_xyz(f))
            if all(distance(cell, image, other) >= 0.4 for other in found):
                found.append(image)
        atoms += len(found)
        charge += len(found) * site.occ * site.element.atomic_number
    return {"atoms": atoms, "charge": charge}


def distance(cell, p, q):
    d = [a - b for a, b in zip(p.tolist(), q.tolist())]
    d = gemmi.Fractional(*[v - round(v) for v in d])
    return cell.orthogonalize(d).length()


for root, _, names in sorted(os.walk(sys.argv[1])):
    for name in sorted(names):
        if not name.lower().endswith((".cif", ".cif.gz")):
            continue
        path = os.path.join(root, name)
        row = {"file": os.path.relpath(path, sys.argv[1]), "blocks": []}
        try:
            data = gzip.open(path).read() if name.endswith(".gz") else open(path, "rb").read()
            document = gemmi.cif.read_string(data)
            for block in document:
                if not len(block.find_values("_atom_site_fract_x")):
                    continue
                s = gemmi.make_small_structure_from_block(block)
                entry = {"name": block.name, "cell": list(s.cell.parameters), "hm": s.spacegroup_hm, **measure(s)}
                group = s.find_spacegroup()
                entry["group"] = group.xhm() if group else None
                try:
                    entry["operators"] = by_operators(s, block)
                except Exception as error:
                    entry["operators"] = {"error": str(error)}
                row["blocks"].append(entry)
        except Exception as error:
            row["error"] = str(error)[:200]
        print(json.dumps(row))
