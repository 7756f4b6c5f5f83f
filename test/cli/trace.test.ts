/** Traces of every model, loss and optimizer, replayed in PyTorch by the script that lies beside each. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { trace } from '../../src/cli/trace.ts';

/** The first Python that has PyTorch, if one does. */
const python = ['python3', '/usr/bin/python3'].find(
  (name) => spawnSync(name, ['-c', 'import torch']).status === 0,
);

/** Relative, by norm of each tensor: float32 against float64 after these steps. */
const APART = { losses: 5e-6, gradients: 5e-6, weights: 1e-4 };
const STEPS = 12;

const facts = { facts: 64, pool: 256, validation: 16 };
const adamw = { name: 'adamw', beta1: 0.85, beta2: 0.95, weightDecay: 0.1 };
const sgd = { name: 'sgd', momentum: 0.9, weightDecay: 0.05 };
const muon = { name: 'muon', momentum: 0.9, adamwRate: 0.3, weightDecay: 0.05 };
const sequence = { name: 'addition', digits: 2, pool: 128, validation: 16 };
const modular = { name: 'modular-addition', prime: 7 };
const square = { kind: 'mlp', combine: 'sum', hidden: [], embedding: 12, activation: 'square', bias: false };

const runs: Record<string, object> = {
  'a transformer with AdamW, clipped, with a warm-up': {
    task: sequence,
    model: { kind: 'transformer', layers: 2, width: 12, heads: 3 },
    optimizer: adamw,
    clip: 0.5,
    schedule: { name: 'cosine', warmup: 4 },
    replicas: 2,
  },
  'a tied transformer with Muon': {
    task: sequence,
    model: { kind: 'transformer', layers: 1, width: 8, heads: 2, tied: true },
    optimizer: muon,
    clip: 0.5,
  },
  'attention alone with SGD, by squared error': {
    task: { name: 'induction', pool: 32, validation: 8 },
    model: { kind: 'transformer', layers: 2, width: 8, heads: 2, mlp: false },
    optimizer: sgd,
    loss: 'squared-error',
  },
  'FactsWorld with Muon without Nesterov': {
    task: { name: 'factsworld', ...facts },
    model: { kind: 'mlp', embedding: 6, hidden: [20], activation: 'gelu' },
    optimizer: { ...muon, nesterov: false },
    widthRule: { reference: 8, exponent: 0.5 },
  },
  'FactsWorld as sequences, by StableMax': {
    task: { name: 'factsworld-sequence', ...facts },
    model: { kind: 'transformer', layers: 1, width: 8, heads: 2 },
    optimizer: adamw,
    loss: 'stablemax',
  },
  'domains with SGD': {
    task: { name: 'domains', ...facts, domains: 3 },
    model: { kind: 'mlp', embedding: 6, hidden: [16], activation: 'relu' },
    optimizer: sgd,
    clip: 0.3,
  },
  'modular addition with AdamW': { task: modular, model: square, optimizer: adamw },
  'modular addition by squared error': {
    task: modular,
    model: square,
    optimizer: adamw,
    loss: 'squared-error',
  },
  'modular addition with Muon': {
    task: modular,
    model: { ...square, hidden: [10, 10], activation: 'tanh', bias: true },
    optimizer: muon,
  },
  'values of vectors': {
    task: { name: 'sine', points: 32 },
    model: { kind: 'mlp', hidden: [8, 8], activation: 'tanh' },
    optimizer: sgd,
  },
  'shapes by StableMax': { task: { name: 'shapes' }, model: { kind: 'mlp', hidden: [8] }, loss: 'stablemax' },
};

/** Runs each folder's replay.py; one process for all, as it takes a while to load PyTorch. */
const REPLAY_ALL = `
import runpy, sys
for folder in sys.argv[1:]:
    runpy.run_path(folder + "/replay.py")
    print("end")
`;

describe('a trace', { timeout: 60_000 }, () => {
  const names = Object.keys(runs);
  let folder: string;
  let replays: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trace-'));
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    for (const [i, run] of Object.values(runs).entries()) {
      const file = join(folder, 'spec.json');
      writeFileSync(file, JSON.stringify({ learningRate: 1e-2, batch: 8, ...run, steps: 40 }));
      await trace([file, '--steps', String(STEPS), '--out', join(folder, `${i}`), '--device', 'cpu']);
    }
    if (!python)
      throw new Error('Traces are replayed in PyTorch, and no Python here has it: install python3-torch.');
    const folders = names.map((_, i) => join(folder, `${i}`));
    const { stdout, stderr } = spawnSync(python, ['-c', REPLAY_ALL, ...folders], { encoding: 'utf8' });
    replays = stdout.split('end\n');
    expect(replays, stderr).toHaveLength(names.length + 1);
  }, 300_000);
  afterAll(() => {
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  it('comes with how to read and replay it', () => {
    const files = ['README.md', 'replay.py', 'trace.json', 'trace.safetensors'];
    expect(readdirSync(join(folder, '0')).sort()).toEqual(files);
  });

  it.each(names)('of %s says the same in PyTorch', (name) => {
    const printed = replays[names.indexOf(name)]!;
    const number = (what: string): number =>
      Number(new RegExp(`${what} are apart by (.*)`).exec(printed)?.[1]);
    expect(printed.trim().split('\n')).toHaveLength(STEPS + 3);
    expect(number('losses'), printed).toBeLessThan(APART.losses);
    expect(number('gradients of step 0'), printed).toBeLessThan(APART.gradients);
    expect(number('final weights'), printed).toBeLessThan(APART.weights);
  });
});
