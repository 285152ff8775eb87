"""Dense powder patterns in PyTorch, as simulators of batches do it: bins x reflections, the full sphere of reflections
padded for cells that stretch, loss and six gradients by autograd. Reads cases as JSON from stdin (torch.ts), prints
milliseconds and, for a check, the loss and gradient of the first cell."""
import json
import sys
import time

import torch

job = json.load(sys.stdin)
torch.set_num_threads(job["threads"])
wavelength, eta = job["wavelength"], job["eta"]
x = job["low"] + job["step"] * torch.arange(job["bins"], dtype=torch.float32)


def patterns(case, cells):
    """[batch, bins] from cells [batch, 6]."""
    a, b, c = cells[:, 0], cells[:, 1], cells[:, 2]
    ca, cb, cg = torch.cos(torch.deg2rad(cells[:, 3:])).unbind(1)
    rows = [torch.stack(row, -1) for row in ((a * a, a * b * cg, a * c * cb), (a * b * cg, b * b, b * c * ca), (a * c * cb, b * c * ca, c * c))]
    recip = torch.linalg.inv(torch.stack(rows, 1))
    q = torch.einsum("ki,bij,kj->bk", case["hkl"], recip, case["hkl"]) / 4
    u = wavelength**2 * q
    inside = (u > 0) & (u <= job["uMax"])
    u = torch.where(inside, u, torch.full_like(u, 0.25))
    q = u / wavelength**2
    f = case["z"] - 41.78214 * q[..., None] * (case["a"] * torch.exp(-case["b"] * q[..., None, None])).sum(-1)
    re, im = (f * case["re"]).sum(-1), (f * case["im"]).sum(-1)
    intensity = (re * re + im * im) * (1 + (1 - 2 * u) ** 2) / (u * torch.sqrt(1 - u)) * inside
    tan = torch.sqrt(u / (1 - u))
    width2 = ((job["u"] * tan + job["v"]) * tan + job["w"])[..., None]
    d2 = (x - torch.rad2deg(2 * torch.asin(torch.sqrt(u)))[..., None]) ** 2 / width2
    profile = eta * torch.exp(-2.772588722239781 * d2) + (1 - eta) / (1 + 4 * d2)
    return (intensity[..., None] * profile).sum(1)


def tensors(case):
    out = {key: torch.tensor(case[key], dtype=torch.float32) for key in ("hkl", "z", "a", "b")}
    sites = torch.tensor(case["fract"], dtype=torch.float64)
    phase = 2 * torch.pi * (out["hkl"].double() @ sites.T)
    member = torch.tensor(case["member"], dtype=torch.float64)
    out["re"] = (torch.cos(phase) @ member).float()
    out["im"] = (torch.sin(phase) @ member).float()
    return out


def median(times):
    return sorted(times)[len(times) // 2]


results = []
for raw in job["cases"]:
    case = tensors(raw)
    cells = torch.tensor(raw["cells"], dtype=torch.float32)
    target = patterns(case, torch.tensor([raw["truth"]], dtype=torch.float32)).detach()[0]
    # The batch runs in parts that fit in memory; a larger part is no faster, since every one is far beyond the caches.
    part = max(1, min(len(cells), int(job["elements"] / (job["bins"] * len(raw["hkl"])))))

    def step(some):
        some = some.clone().requires_grad_(True)
        trial = patterns(case, some)
        loss = -(trial @ target) / (trial.norm(dim=1) * target.norm())
        loss.sum().backward()
        return loss.detach(), some.grad

    forward, full, cpu = [], [], []
    for round in range(job["rounds"] + 1):
        for times, run in ((forward, lambda: patterns(case, cells[:part])), (full, lambda: step(cells[:part]))):
            start, start_cpu = time.perf_counter(), time.process_time()
            with torch.set_grad_enabled(run is not None and times is full):
                run()
            if round:
                times.append(1000 * (time.perf_counter() - start) / part)
                if times is full:
                    cpu.append(1000 * (time.process_time() - start_cpu) / part / job["threads"])
    loss, gradient = step(cells[:1])
    results.append({"id": raw["id"], "reflections": len(raw["hkl"]), "part": part, "patternMs": median(forward), "stepMs": median(full), "cpuMs": median(cpu), "loss": float(loss[0]), "gradient": gradient[0].tolist()})
print(json.dumps({"torch": torch.__version__, "results": results}))
