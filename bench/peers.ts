/**
 * Our engine beside jax-js and TensorFlow.js: the same work on the same adapter in one process, taking turns, after
 * each engine has shown that it computes the same (bench/README.md).
 */
import { parseArgs } from 'node:util';
import { prepareGPU } from '../src/cli/bench.ts';
import { difference, type GPUCalls, type GPUCounts } from '../src/cli/bench/counting.ts';
import { MatmulSubject } from '../src/cli/bench/matmul.ts';
import { time } from '../src/cli/bench/measure.ts';
import type { Subject } from '../src/cli/bench/subject.ts';
import { align, ms } from '../src/cli/bench/table.ts';
import { TrainingSubject, type TrainingCase } from '../src/cli/bench/training.ts';
import { mlpCase, transformerCase } from '../src/cli/bench/workloads.ts';
import { Device } from '../src/gpu/device.ts';
import { matrices } from '../src/training/kernel-alone.ts';
import { checkLosses, checkProduct } from './peers/check.ts';
import { jaxPeer } from './peers/jax.ts';
import { peerCase, type Peer, type Product } from './peers/peer.ts';
import { tfjsPeer } from './peers/tfjs.ts';

const WORKLOADS = ['transformer', 'mlp', 'matmul-256', 'matmul-512', 'matmul-1024'] as const;
type WorkloadName = (typeof WORKLOADS)[number];

interface Row {
  workload: string;
  engine: string;
  /** median ms per step, the loss read after each */
  msPerStep: number;
  /** how many times as long as ours */
  ratio: number;
  dispatchesPerStep: number;
  submitsPerStep: number;
  bindGroupsPerStep: number;
  buffersPerStep: number;
  /** time until the first loss, compilation included */
  firstMs: number;
}

const CHECKED_STEPS = 5;

export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      workload: { type: 'string', multiple: true, default: [...WORKLOADS] },
      seconds: { type: 'string', default: '30' },
      json: { type: 'boolean', default: false },
    },
  });
  const { gpu, calls } = prepareGPU();
  pretendBrowser(gpu);
  const device = await Device.acquire(gpu);
  const peers = [await jaxPeer(), await tfjsPeer()];
  const rows: Row[] = [];
  for (const name of values.workload) {
    if (!isWorkload(name)) {
      console.error(`--workload: must be one of ${WORKLOADS.join(', ')}, not "${name}"`);
      return 2;
    }
    if (!values.json) console.log(name);
    rows.push(...(await compare(name, device, peers, calls, 1000 * Number(values.seconds))));
  }
  const date = new Date().toISOString();
  console.log(
    values.json
      ? JSON.stringify({ adapter: device.name, date, rows }, null, 2)
      : `\n${device.name}\n${table(rows)}`,
  );
  return 0;
}

function isWorkload(name: string): name is WorkloadName {
  return (WORKLOADS as readonly string[]).includes(name);
}

/** Both peers look for `navigator.gpu`; Node 20 has no navigator at all. */
function pretendBrowser(gpu: GPU): void {
  const scope = globalThis as { navigator?: object };
  scope.navigator ??= { userAgent: 'Node.js' };
  Object.defineProperty(scope.navigator, 'gpu', { value: gpu });
}

async function compare(
  workload: WorkloadName,
  device: Device,
  peers: readonly Peer[],
  calls: GPUCalls,
  budgetMs: number,
): Promise<Row[]> {
  const started: { subject: Subject; firstMs: number }[] = [];
  const losses: number[][] = [];
  for (const build of builders(workload, device, peers)) {
    const from = performance.now();
    const subject = await build();
    const own = [await subject.run(1)];
    started.push({ subject, firstMs: performance.now() - from });
    for (let i = 1; i < CHECKED_STEPS; i++) own.push(await subject.run(1));
    losses.push(own);
  }
  const subjects = started.map(({ subject }) => subject);
  if (workload === 'transformer' || workload === 'mlp') {
    checkLosses(subjects.map(({ engine }, i) => ({ engine, losses: losses[i]! })));
  } else {
    for (const subject of subjects)
      await checkProduct(subject as Product, size(workload), ...matrices(size(workload)));
  }

  const counts: GPUCounts[] = [];
  for (const subject of subjects) {
    const before = calls.now();
    for (let i = 0; i < CHECKED_STEPS; i++) await subject.run(1);
    counts.push(difference(before, calls.now(), CHECKED_STEPS));
  }
  const medians = await time(subjects, 1, { budgetMs, least: 5, most: 200 });
  for (const subject of subjects) subject.destroy();
  return started.map(({ subject, firstMs }, i) => ({
    workload,
    engine: subject.engine,
    msPerStep: medians[i]!,
    ratio: medians[i]! / medians[0]!,
    dispatchesPerStep: counts[i]!.dispatches,
    submitsPerStep: counts[i]!.submits,
    bindGroupsPerStep: counts[i]!.bindGroups,
    buffersPerStep: counts[i]!.buffers,
    firstMs,
  }));
}

/** Our engine first, then the peers. */
function builders(
  workload: WorkloadName,
  device: Device,
  peers: readonly Peer[],
): (() => Promise<Subject>)[] {
  if (workload === 'transformer' || workload === 'mlp') {
    const given: TrainingCase = workload === 'transformer' ? transformerCase() : mlpCase();
    const { model } = given.spec;
    const shared = peerCase(given);
    return [
      () => TrainingSubject.build(device, given),
      ...peers.map(
        (peer) => () =>
          model.kind === 'transformer' ? peer.transformer(shared, model) : peer.mlp(shared, model),
      ),
    ];
  }
  const n = size(workload);
  const [a, b] = matrices(n);
  return [() => MatmulSubject.build(device, n, a, b), ...peers.map((peer) => () => peer.matmul(n, a, b))];
}

function size(workload: string): number {
  return Number(workload.split('-')[1]);
}

function table(rows: readonly Row[]): string {
  const heading = [
    'workload',
    'engine',
    'ms/step',
    '× ours',
    'dispatches',
    'submits',
    'bind groups',
    'buffers',
    'first ms',
  ];
  return align([
    heading,
    ...rows.map((row) => [
      row.workload,
      row.engine,
      ms(row.msPerStep),
      row.ratio.toFixed(2),
      ...[row.dispatchesPerStep, row.submitsPerStep, row.bindGroupsPerStep, row.buffersPerStep].map(String),
      row.firstMs.toFixed(0),
    ]),
  ]);
}
