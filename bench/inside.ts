/**
 * The circle and the wave share of grokking against the same in its control without weight decay, by seed: `inside
 * [--seeds N] [--device gpu|cpu]`. The plan of emergence-in-time at standard size; a Markdown table.
 */
import { parseArgs } from 'node:util';
import { acquireDevice } from '../src/cli/device.ts';
import { CpuHandle } from '../src/cpu/handle.ts';
import { Device } from '../src/gpu/device.ts';
import { circle, waveShare } from '../src/inside/waves.ts';
import { tablesOf } from '../src/inside/modular.ts';
import { findLesson } from '../src/lessons/index.ts';
import { runPlan } from '../src/training/plan/plan.ts';
import { MemoryStore } from '../src/training/plan/store.ts';
import { parseSpec } from '../src/training/spec/spec.ts';

/** What a picture must show at the end, in nine of ten seeds. */
const ORDER = 0.95;
const ABOVE = 0.1;
const SHARE = 0.65;
const CONTROL_SHARE = 0.3;

const SHOWN = [0, 100, 200, 400, 1000];

export async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({
    args: argv,
    options: {
      seeds: { type: 'string', default: '10' },
      first: { type: 'string', default: '1' },
      device: { type: 'string' },
    },
  });
  const device = values.device === 'cpu' ? Device.on(new CpuHandle()) : await acquireDevice(values.device);
  const lesson = findLesson('emergence-in-time')!;
  console.log(`${device.name}\n`);
  console.log(
    `| seed | run | neurons | ${SHOWN.map((step) => `order at ${step}`).join(' | ')} | share at the end | held |`,
  );
  console.log(`|${' ---: |'.repeat(SHOWN.length + 5)}`);
  let held = 0;
  for (let i = 0; i < Number(values.seeds); i++) {
    const seed = Number(values.first) + i;
    const ends: { order: number; share: number }[] = [];
    for (const item of lesson.plan('standard', seed)) {
      if (!('spec' in item) || (item.key !== 'grokking' && item.key !== 'control')) continue;
      const run = {
        id: item.key,
        spec: parseSpec(item.spec),
        values: {},
        level: 0,
        watch: item.watch ?? 'all',
      };
      const results = await runPlan(device, [run], { store: new MemoryStore() });
      const looked = (results.get(item.key)?.snapshots ?? []).map((snapshot) => {
        const [first, second] = tablesOf(snapshot);
        return { step: snapshot.step, share: waveShare(first), ...circle(first, second) };
      });
      const shown = SHOWN.map((step) => looked.find((each) => each.step >= step)!);
      const end = looked.at(-1)!;
      ends.push(end);
      const [own, control] = ends;
      const isHeld =
        control &&
        own!.order >= ORDER &&
        own!.order >= control.order + ABOVE &&
        own!.share >= SHARE &&
        control.share <= CONTROL_SHARE;
      if (isHeld) held++;
      const orders = shown.map(({ order }) => order.toFixed(2)).join(' | ');
      console.log(
        `| ${seed} | ${item.key} | ${end.neurons} | ${orders} | ${end.share.toFixed(2)} | ${isHeld === undefined ? '' : isHeld ? 'yes' : 'no'} |`,
      );
    }
  }
  console.log(`\n${held} of ${values.seeds} seeds held.`);
  return 0;
}
