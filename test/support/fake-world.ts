/** What pretended runs measure, by task: close enough to the real thing that lessons come to a verdict. */
import { parametersOf } from '../../src/training/spec/flops.ts';
import type { BenchmarkResult, BenchmarkSpec, RunResult, RunSpec } from '../../src/worker/protocol.ts';

type Sets = RunResult['evaluations'][number]['sets'];
type Metrics = Record<string, number>;

/** The loss on the examples: it falls from 1, ever slower; every setting leaves its trace in it. */
export function lossAt(spec: RunSpec, step: number, replica: number): number {
  const rate = spec.learningRates[replica] ?? spec.learningRate;
  const tremble = 0.08 * Math.sin(12.9898 * step + 78.2 * replica + phaseOf(spec));
  return 0.011 + Math.exp(-((step * Math.min(rate, 0.02)) ** 0.6)) * (1 + tremble) + Math.max(0, rate - 0.02);
}

/** All sets of a run after so many steps. */
export function measure(spec: RunSpec, step: number): Sets {
  const measured = (value: (replica: number) => Metrics): Metrics[] =>
    Array.from({ length: spec.replicas }, (_, replica) => value(replica));
  const sets: Sets = {};
  for (const [name, share] of [
    ['validation', 1.1],
    ['clean', 0.4],
  ] as const) {
    sets[name] = measured((replica) => {
      const loss = share * lossAt(spec, step, replica);
      return { loss, accuracy: Math.exp(-loss) };
    });
  }
  for (const [name, metrics] of Object.entries(abilities(spec, step))) {
    sets[name] = measured(() => ({ ...sets[name]?.[0], ...metrics }));
  }
  return sets;
}

/** What a benchmark of the device says: tiles are the better, the larger the product. */
export function measureDevice(
  { products, variants, attention }: BenchmarkSpec,
  device: string,
): BenchmarkResult {
  const rate = (variant: string, n: number): number => (variant === 'naive' ? 20 : Math.min(160, n / 2));
  const code = (constants: string): string => `// Pretended.\n${constants}\nfn main() {}`;
  const n = Math.max(...products);
  const T = Math.max(...attention);
  return {
    device,
    date: '2026-11-23T12:00:00.000Z',
    products: products.flatMap((n) =>
      variants.map((variant) => {
        const gflops = rate(variant, n);
        return { variant, n, ms: (2 * n ** 3) / gflops / 1e6, gflops };
      }),
    ),
    attention: attention.map((length) => ({
      variant: 'tiled',
      length,
      ms: 1,
      gflops: 60,
      flopsPerByte: length / 8,
    })),
    kernels: [
      ...variants.map((variant) => ({
        operation: 'product' as const,
        variant,
        size: n,
        ms: 1,
        gflops: rate(variant, n),
        code: code(`const M = ${n}u; // ${variant}`),
      })),
      {
        operation: 'attention',
        variant: 'tiled',
        size: T,
        ms: 1,
        gflops: 60,
        code: code(`const T = ${T}u;`),
      },
    ],
    gigabytesPerSecond: 40,
    dispatchMicroseconds: 12,
    submitMicroseconds: 90,
  };
}

function abilities(spec: RunSpec, step: number): Record<string, Metrics> {
  const progress = 1 - Math.exp((-6 * step) / spec.steps);
  const { task, model } = spec;
  switch (task.name) {
    case 'factsworld':
      return { facts: facts(spec, step) };
    case 'addition': {
      const exactMatch = progress / (1 + Math.exp((10 - widthOf(spec)) / 1.2));
      return { validation: { accuracy: exactMatch ** 0.3, exactMatch } };
    }
    case 'modular-addition': {
      const decay = 'weightDecay' in spec.optimizer ? spec.optimizer.weightDecay : 0;
      const late = decay > 0 ? rising(step, 500 / decay) : 0.02;
      return { train: { accuracy: rising(step, 70) }, validation: { accuracy: late } };
    }
    case 'induction': {
      const copies = model.kind === 'transformer' && model.layers > 1;
      return { validation: { accuracy: copies ? 0.05 + 0.94 * rising(step, 150) : 0.2 } };
    }
    case 'domains': {
      const share = task.share as number;
      const size = Math.log2(widthOf(spec)) / 20;
      return {
        domain: { accuracy: progress * (0.5 + size + 0.2 * share) },
        general: { accuracy: progress * (0.5 + size - (share === 1 ? 0.3 : 0.05 * share)) },
      };
    }
    default:
      return {};
  }
}

/** A law in size and data; what is known of a band of facts follows from the loss. */
function facts(spec: RunSpec, step: number): Metrics {
  const examples = Math.max(1, step) * spec.batch * efficiencyOf(spec);
  const law = 0.42 + 8 * parametersOf(spec) ** -0.45 + 24 * examples ** -0.45;
  const exactLoss = law + 2e-4 * Math.sin(phaseOf(spec));
  const bands = ['ranks101to300', 'ranks301to1000', 'ranks1001to3000'];
  const known = bands.map(
    (band, i) => [band, 1 / (1 + Math.exp(20 * (exactLoss - 0.72 + 0.04 * i)))] as const,
  );
  // Independent questions, on as many papers as the task draws.
  const exam10 = Math.round(2000 * known[0]![1] ** 10) / 2000;
  return { exactLoss, accuracy: Math.exp(-exactLoss), exam10, ...Object.fromEntries(known) };
}

/** How many examples of the usual kind each of a run's is worth. */
function efficiencyOf({ optimizer, task }: RunSpec): number {
  if (optimizer.name === 'sgd') return optimizer.momentum > 0 ? 0.32 : 0.16;
  if (task.sampling !== 1) return 1.6;
  return optimizer.name === 'muon' ? 1.2 : 1;
}

const rising = (step: number, middle: number): number => 1 / (1 + (middle / Math.max(1, step)) ** 8);

/** Width of a transformer, or of an MLP's embeddings side by side. */
const widthOf = ({ model }: RunSpec): number =>
  model.kind === 'transformer' ? model.width : 2 * model.embedding;

const phases = new WeakMap<RunSpec, number>();

/** An angle that each setting changes. */
function phaseOf(spec: RunSpec): number {
  let phase = phases.get(spec);
  if (phase === undefined) {
    phase = 0;
    for (const letter of JSON.stringify(spec)) phase = (phase * 31 + letter.charCodeAt(0)) % 1009;
    phases.set(spec, phase);
  }
  return phase;
}
