"""The workloads of `npm run bench` in PyTorch: eager, compiled, as CUDA graphs where there is CUDA, and both.

Reads what `node bench/start.mjs torch/export --out FOLDER` wrote. Nothing is timed before the first five losses are
those of the engine to 1e-3. float32 throughout, without TF32.
"""

import argparse
import json
import math
import pathlib
import statistics
import sys
import time

import torch
import torch.nn.functional as F

WORKLOADS = ["transformer", "mlp", "tiny-mlp", "tiny-mlp-64"] + [f"matmul-{n}" for n in (256, 512, 1024, 2048)]
MODES = ["eager", "compiled", "cuda-graph", "compiled-cuda-graph"]
TOLERANCE = 1e-3
MODELS = 64


class Unavailable(Exception):
    """This PyTorch, or this machine, has no such mode."""


def transformer(model, w, tokens):
    """Logits [B, T, V] of tokens [B, T]; src/models/transformer.ts."""
    heads, width = model["heads"], model["width"]
    batch, length = tokens.shape
    norm = lambda x, name: F.layer_norm(x, (width,), w[f"{name}.weight"], w[f"{name}.bias"])
    x = w["wte.weight"][tokens] + w["wpe.weight"][:length]
    mask = torch.ones(length, length, dtype=torch.bool, device=tokens.device).tril()
    for i in range(model["layers"]):
        qkv = norm(x, f"h.{i}.ln_1") @ w[f"h.{i}.attn.c_attn.weight"].T
        q, k, v = (part.view(batch, length, heads, -1).transpose(1, 2) for part in qkv.split(width, dim=-1))
        if hasattr(F, "scaled_dot_product_attention"):
            attended = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            scores = (q @ k.transpose(-1, -2)) / math.sqrt(width // heads)
            attended = scores.masked_fill(~mask, -math.inf).softmax(-1) @ v
        x = x + attended.transpose(1, 2).reshape(batch, length, width) @ w[f"h.{i}.attn.c_proj.weight"].T
        hidden = F.linear(norm(x, f"h.{i}.ln_2"), w[f"h.{i}.mlp.c_fc.weight"], w[f"h.{i}.mlp.c_fc.bias"])
        hidden = F.gelu(hidden, approximate="tanh")
        x = x + F.linear(hidden, w[f"h.{i}.mlp.c_proj.weight"], w[f"h.{i}.mlp.c_proj.bias"])
    return norm(x, "ln_f") @ w["lm_head.weight"].T


def mlp(model, w, x):
    """Outputs [B, out] of x [B, in]; src/models/mlp.ts."""
    layers = len(model["hidden"]) + 1
    for i in range(layers):
        x = F.linear(x, w[f"layers.{i}.weight"], w[f"layers.{i}.bias"])
        if i < layers - 1:
            x = F.relu(x)
    return x


def batched_mlp(model, w, x):
    """The same for R models at once: weights [R, out, in], x [R, B, in]."""
    layers = len(model["hidden"]) + 1
    for i in range(layers):
        x = torch.baddbmm(w[f"layers.{i}.bias"].unsqueeze(1), x, w[f"layers.{i}.weight"].transpose(1, 2))
        if i < layers - 1:
            x = F.relu(x)
    return x


class Training:
    """One workload on a device: `step(i)` takes batch i and returns the loss, still on the device."""

    def __init__(self, case, device, capturable=False, models=1):
        self.case = case
        tensor = lambda values, shape, kind: torch.tensor(values, dtype=kind, device=device).reshape(shape)
        repeat = lambda x: x if models == 1 else x.unsqueeze(0).repeat(models, *[1] * x.dim())
        self.weights = {
            name: repeat(tensor(each["values"], each["shape"], torch.float32)).requires_grad_()
            for name, each in case["weights"].items()
        }
        is_text = case["model"]["kind"] == "transformer"
        kinds = (torch.long if is_text else torch.float32, torch.long if case["targets"] == "classes" else torch.float32)
        self.batches = [
            tuple(
                repeat(tensor(batch[key], (case["batch"], case[width]), kind))
                for key, width, kind in zip(("inputs", "targets"), ("inputWidth", "targetWidth"), kinds)
            )
            for batch in case["batches"]
        ]
        beta1, beta2 = case["optimizer"]["beta1"], case["optimizer"]["beta2"]
        self.optimizer = torch.optim.AdamW(
            self.weights.values(),
            lr=case["learningRate"],
            betas=(beta1, beta2),
            eps=case["optimizer"]["epsilon"],
            weight_decay=0,
            **({"capturable": True} if capturable else {}),
            **({"fused": True} if device == "cuda" else {}),
        )
        self.forward = transformer if is_text else mlp if models == 1 else batched_mlp
        self.models = models

    def loss(self, inputs, targets):
        outputs = self.forward(self.case["model"], self.weights, inputs)
        if self.case["targets"] == "classes":
            return F.cross_entropy(outputs.flatten(0, -2), targets.flatten())
        # Each model's own mean: their gradients do not mix.
        return F.mse_loss(outputs, targets) * self.models

    def step(self, i):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss(*self.batches[i % len(self.batches)])
        loss.backward()
        self.optimizer.step()
        return loss.detach()


class Loop:
    """64 models, one after the other: what PyTorch does without batching."""

    def __init__(self, case, device, capturable=False):
        self.parts = [Training(case, device, capturable) for _ in range(MODELS)]

    def step(self, i):
        return torch.stack([part.step(i) for part in self.parts]).sum()


class Product:
    """Y = A B, [n, n]."""

    def __init__(self, n, device):
        torch.manual_seed(0)
        self.a, self.b = torch.randn(n, n, device=device), torch.randn(n, n, device=device)

    def step(self, _):
        return (self.a @ self.b)[0, 0]


def graphed(subject):
    """The subject's step as one CUDA graph; the batch stays the first, which costs the same."""
    if not torch.cuda.is_available():
        raise Unavailable("no CUDA")
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            subject.step(0)
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        loss = subject.step(0)

    def step(_):
        graph.replay()
        return loss

    return step


def compiled(subject):
    if not hasattr(torch, "compile"):
        raise Unavailable(f"torch {torch.__version__} has no torch.compile")
    for part in getattr(subject, "parts", [subject]):
        if isinstance(part, Training):
            part.loss = torch.compile(part.loss)
    return subject.step if not isinstance(subject, Product) else torch.compile(subject.step)


def compiled_and_graphed(subject):
    if isinstance(subject, Product):
        raise Unavailable("a product has nothing to be compiled")
    compiled(subject)
    return graphed(subject)


WAYS = {
    "eager": lambda subject: subject.step,
    "compiled": compiled,
    "cuda-graph": graphed,
    "compiled-cuda-graph": compiled_and_graphed,
}


def medians(step, seconds):
    """ms per step with each loss read, and with 20 steps for one reading."""
    results = []
    for many in (1, 20):
        samples, started, i = [], time.perf_counter(), 0
        while len(samples) < 3 or time.perf_counter() - started < seconds / 2:
            begun = time.perf_counter()
            for _ in range(many):
                loss = step(i)
                i += 1
            loss.item()  # waits for the device
            samples.append(1000 * (time.perf_counter() - begun) / many)
        results.append(statistics.median(samples))
    return results


def check(case, training):
    losses = [training.step(i).item() / training.models for i in range(len(case["losses"]))]
    for i, (ours, theirs) in enumerate(zip(case["losses"], losses)):
        if not abs(ours - theirs) <= TOLERANCE * abs(ours):
            raise SystemExit(f"{case['workload']}: loss {theirs} at step {i}, the engine has {ours}")


def subjects(workload, mode, folder, device):
    """Ways to do the workload, by name; PyTorch's best counts."""
    if workload.startswith("matmul-"):
        return {mode: Product(int(workload.split("-")[1]), device)}
    case = json.loads((folder / f"{workload.replace('-64', '')}.json").read_text())
    capturable = mode.endswith("cuda-graph")
    if not workload.endswith("-64"):
        check(case, Training(case, device))
        return {mode: Training(case, device, capturable)}
    check(case, Training(case, device, models=MODELS))
    ways = {f"{mode}, batched": Training(case, device, capturable, models=MODELS)}
    return {**ways, f"{mode}, loop": Loop(case, device, capturable)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=pathlib.Path, required=True, help="folder that torch/export wrote")
    parser.add_argument("--workload", action="append", choices=WORKLOADS)
    parser.add_argument("--mode", action="append", choices=MODES)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu", choices=["cpu", "cuda"])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    torch.backends.cuda.matmul.allow_tf32 = False
    adapter = torch.cuda.get_device_name() if options.device == "cuda" else "CPU"
    rows = []
    for workload in options.workload or WORKLOADS:
        for mode in options.mode or MODES:
            try:
                for engine, subject in subjects(workload, mode, options.cases, options.device).items():
                    step = WAYS[mode](subject)
                    alone, every20 = medians(step, options.seconds)
                    name = f"torch {torch.__version__} {engine}"
                    rows.append({"workload": workload, "engine": name, "msPerStep": alone, "msPerStepEvery20": every20})
                    if not options.json:
                        print(f"{workload:12} {name:36} {alone:10.3f} ms/step {every20:10.3f} every 20", flush=True)
            except Unavailable as reason:
                if not options.json:
                    print(f"{workload:12} {mode:36} not available: {reason}", flush=True)
    if options.json:
        date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        json.dump({"adapter": adapter, "date": date, "rows": rows}, sys.stdout, indent=2)
        print()


main()
