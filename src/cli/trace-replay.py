"""Replays a trace of Scaling Lab in PyTorch, in float64, and prints both losses of each step and how far the weights end up apart.

    python3 replay.py [FOLDER]

Everything is written out from trace.json: any model, loss and optimizer of the lab. It needs PyTorch alone.
"""

import json
import math
import os
import sys

import torch
import torch.nn.functional as F

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)


def read_safetensors(file):
    with open(file, "rb") as opened:
        data = opened.read()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    types = {"F32": torch.float32, "I32": torch.int32}
    tensors = {}
    for name, about in header.items():
        if name == "__metadata__":
            continue
        first, end = about["data_offsets"]
        values = torch.frombuffer(bytearray(data[start + first : start + end]), dtype=types[about["dtype"]])
        values = values.reshape(about["shape"])
        tensors[name] = values.double() if values.is_floating_point() else values.long()
    return tensors


trace = read_safetensors(os.path.join(FOLDER, "trace.safetensors"))
with open(os.path.join(FOLDER, "trace.json")) as opened:
    about = json.load(opened)
spec, inputs, targets = about["spec"], about["inputs"], about["targets"]
model, optimizer = spec["model"], about["optimizer"]
p = {name[8:]: value.clone().requires_grad_() for name, value in trace.items() if name.startswith("initial.")}


# Models


def gelu(x):
    return F.gelu(x, approximate="tanh")


def norm(x, name):
    return F.layer_norm(x, x.shape[-1:], p[name + ".weight"], p[name + ".bias"], about["layerNormEpsilon"])


def attention(x, name):
    B, T, C = x.shape
    qkv = F.linear(x, p[name + ".c_attn.weight"]).split(C, dim=2)
    q, k, v = (part.view(B, T, model["heads"], -1).transpose(1, 2) for part in qkv)
    future = ~torch.ones(T, T, dtype=torch.bool).tril()
    weights = (q @ k.transpose(2, 3) / math.sqrt(q.shape[-1])).masked_fill(future, -math.inf).softmax(-1)
    return F.linear((weights @ v).transpose(1, 2).reshape(B, T, C), p[name + ".c_proj.weight"])


def block_mlp(x, name):
    x = gelu(F.linear(x, p[name + ".c_fc.weight"], p[name + ".c_fc.bias"]))
    return F.linear(x, p[name + ".c_proj.weight"], p[name + ".c_proj.bias"])


def transformer(tokens):
    x = p["wte.weight"][tokens] + p["wpe.weight"]
    for i in range(model["layers"]):
        x = x + attention(norm(x, f"h.{i}.ln_1"), f"h.{i}.attn")
        if model["mlp"]:
            x = x + block_mlp(norm(x, f"h.{i}.ln_2"), f"h.{i}.mlp")
    return F.linear(norm(x, "ln_f"), p["wte.weight" if model["tied"] else "lm_head.weight"])


def perceptron(x):
    act = {"relu": F.relu, "gelu": gelu, "tanh": torch.tanh, "square": torch.square}[model["activation"]]
    if inputs["kind"] == "tokens":
        # Each position has a table of its own, one below the other; a tag, the last id, has another.
        ids = x[:, : inputs["length"] - (1 if inputs.get("tags") else 0)]
        embedded = p["wte.weight"][ids + inputs["vocabulary"] * torch.arange(ids.shape[1])]
        summed = model["combine"] == "sum"
        tag = p["tag_embedding.weight"][x[:, -1]] if inputs.get("tags") else 0
        x = (embedded.sum(1) if summed else embedded.flatten(1)) + tag
        if summed:
            x = act(x)
    for i in range(len(model["hidden"]) + 1):
        x = F.linear(act(x) if i else x, p[f"layers.{i}.weight"], p.get(f"layers.{i}.bias"))
    return x


# Losses


def loss_of(outputs, wanted):
    if targets["kind"] == "values":
        return F.mse_loss(outputs, wanted)
    outputs, wanted = outputs.flatten(0, -2), wanted.flatten()
    scored = wanted >= 0
    outputs, wanted = outputs[scored], wanted[scored]
    if spec["loss"] == "squared-error":
        return F.mse_loss(outputs, F.one_hot(wanted, outputs.shape[-1]).to(outputs.dtype))
    if spec["loss"] == "stablemax":
        s = torch.where(outputs >= 0, outputs + 1, 1 / (1 - outputs))
        return F.nll_loss(torch.log(s / s.sum(-1, keepdim=True)), wanted)
    return F.cross_entropy(outputs, wanted)


# Optimizers. Weight decay is decoupled, and spares biases and gains.


def orthogonalised(update):
    x = update.T if update.shape[0] > update.shape[1] else update
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        gram = x @ x.T
        x = 3.4445 * x + (-4.775 * gram + 2.0315 * gram @ gram) @ x
    return x.T if update.shape[0] > update.shape[1] else x


def muon(name, rate, step):
    value, state = p[name], states[name]
    momentum = optimizer["momentum"]
    state["m"] = value.grad.lerp(state.get("m", torch.zeros_like(value)), momentum)
    update = value.grad.lerp(state["m"], momentum) if optimizer["nesterov"] else state["m"]
    decay(name, rate)
    value -= rate * max(1, value.shape[0] / value.shape[1]) ** 0.5 * orthogonalised(update)


def adamw(name, rate, step):
    value, state = p[name], states[name]
    first, second = optimizer["beta1"], optimizer["beta2"]
    state["m"] = value.grad.lerp(state.get("m", torch.zeros_like(value)), first)
    state["v"] = (value.grad**2).lerp(state.get("v", torch.zeros_like(value)), second)
    decay(name, rate)
    root = (state["v"] / (1 - second**step)).sqrt() + optimizer["epsilon"]
    value -= rate * state["m"] / (1 - first**step) / root


def sgd(name, rate, step):
    value, state = p[name], states[name]
    state["m"] = optimizer["momentum"] * state["m"] + value.grad if "m" in state else value.grad.clone()
    decay(name, rate)
    value -= rate * state["m"]


def decay(name, rate):
    if name not in optimizer["spared"]:
        p[name].mul_(1 - rate * optimizer["weightDecay"])


def update(name, rate, step):
    if optimizer["name"] == "sgd":
        sgd(name, rate, step)
    elif optimizer["name"] == "adamw":
        adamw(name, rate, step)
    elif name in optimizer["hidden"]:
        muon(name, rate, step)
    else:
        adamw(name, rate * optimizer["adamwRate"], step)


# The replay


def apart(a, b):
    return ((a - b).norm() / b.norm().clamp(min=1e-9)).item()


states = {name: {} for name in p}
worst_loss = worst_gradient = 0
for s in about["steps"]:
    x, y = trace[f"batch.{s['step']}.inputs"], trace[f"batch.{s['step']}.targets"]
    loss = loss_of(transformer(x) if model["kind"] == "transformer" else perceptron(x), y)
    for value in p.values():
        value.grad = None
    loss.backward()
    with torch.no_grad():
        if s["step"] == 0:
            worst_gradient = max(apart(p[name].grad, trace["grad." + name]) for name in p)
        if spec["clip"]:
            torch.nn.utils.clip_grad_norm_(p.values(), spec["clip"])
        for name in p:
            update(name, s["learningRate"], s["step"] + 1)
    print(s["step"], loss.item(), s["loss"])
    worst_loss = max(worst_loss, abs(loss.item() - s["loss"]) / max(abs(loss.item()), 1e-9))
print("losses are apart by", worst_loss)
print("gradients of step 0 are apart by", worst_gradient)
print("final weights are apart by", max(apart(p[name], trace["final." + name]) for name in p))
