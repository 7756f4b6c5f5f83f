import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tuningFile } from '../../src/cli/tuning-file.ts';
import { choiceOf, kernelChoice, runsOn, usualChoice, useKernels } from '../../src/kernels/choice.ts';
import { MATMUL_VARIANTS, VARIANTS, type MatmulVariant } from '../../src/kernels/matmul-variants.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';
import { Trainer } from '../../src/training/trainer/trainer.ts';
import { measureTuning, tune, tuningKey, type TuningStore } from '../../src/training/measuring/tuning.ts';
import { useDevice } from '../support/device.ts';

class Memory implements TuningStore {
  readonly kept = new Map<string, unknown>();
  load(key: string): Promise<unknown> {
    return Promise.resolve(this.kept.get(key));
  }
  save(key: string, tuning: unknown): Promise<void> {
    this.kept.set(key, tuning);
    return Promise.resolve();
  }
}

describe('tuning', () => {
  const device = useDevice();
  const scratch = mkdtempSync(join(tmpdir(), 'tuning-'));
  afterAll(() => rmSync(scratch, { recursive: true }));

  it('measures once, keeps the choice under adapter and kernels, and gives it to the device', async () => {
    const store = new Memory();
    const tuning = await tune(device(), store);
    expect([...store.kept]).toEqual([[tuningKey(device()), tuning]]);
    expect(tuningKey(device())).toContain(device().info.description);
    expect(kernelChoice(device())).toEqual({ ...usualChoice(device()), ...tuning });

    const { buffersCreated, buffersAlive } = device().counters;
    expect(await tune(device(), store)).toBe(tuning);
    expect(device().counters).toMatchObject({ buffersCreated, buffersAlive });
  });

  it('measures anew where what was kept is no choice for the device, or the store fails', async () => {
    const store = new Memory();
    for (const broken of [null, 'tiled', { large: 'naive', small: 'naive' }, { large: 'register' }]) {
      store.kept.set(tuningKey(device()), broken);
      const tuning = await tune(device(), store);
      expect(store.kept.get(tuningKey(device()))).toEqual(tuning);
    }
    const full: TuningStore = {
      load: () => Promise.reject(new Error('closed')),
      save: () => Promise.reject(new Error('full')),
    };
    expect(Object.keys(await tune(device(), full))).toEqual(['huge', 'large', 'small']);
  });

  it('takes the usual kernels when there is no time', async () => {
    const { huge, large, small } = usualChoice(device());
    expect(await measureTuning(device(), -1)).toEqual({ huge, large, small });
  });

  it('is kept in a file, whatever was there', async () => {
    const folder = join(scratch, 'cache');
    const file = tuningFile(folder);
    const tuning = { huge: 'tiled-128x128', large: 'tiled', small: 'tiled-32x32' } as const;
    expect(await file.load('a')).toBeUndefined();
    await file.save('a', tuning);
    await file.save('b', tuning);
    expect(JSON.parse(readFileSync(join(folder, 'tunings.json'), 'utf8'))).toEqual({ a: tuning, b: tuning });
    for (const broken of ['{', '[1]', 'null']) {
      writeFileSync(join(folder, 'tunings.json'), broken);
      expect(await file.load('a')).toBeUndefined();
    }
    await file.save('a', tuning);
    expect(await file.load('a')).toEqual(tuning);

    // A file where the folder should be: nothing can be kept, and the tuning says what it found all the same.
    mkdirSync(scratch, { recursive: true });
    writeFileSync(join(scratch, 'taken'), '');
    expect(Object.keys(await tune(device(), tuningFile(join(scratch, 'taken'))))).toHaveLength(3);
  });

  /** What the tuner may choose between on one kind of adapter. */
  const choices: [kind: string, variants: MatmulVariant[]][] = [
    ['GPUs', MATMUL_VARIANTS.filter((variant) => VARIANTS[variant].tunedFor)],
    ['CPUs', MATMUL_VARIANTS.filter((variant) => VARIANTS[variant].serial)],
  ];

  it.each(choices)(
    'never changes a result: the choices for %s train to the same bits',
    async (_, variants) => {
      // The second layer has products of all three layouts, and there is less to compile than in a transformer.
      const spec = parseSpec({
        task: { name: 'shapes' },
        model: { kind: 'mlp', hidden: [64, 96] },
        batch: 64,
        steps: 4,
      });
      const usual = usualChoice(device());
      const runs = variants.filter((variant) => runsOn(device(), variant));
      const ends: Float32Array[] = [];
      for (const variant of runs) {
        useKernels(device(), {
          ...choiceOf(variant, usual.grants),
          persistentUpTo: 0,
        });
        const trainer = await Trainer.create(device(), spec);
        await trainer.run({ evaluates: false });
        ends.push((await trainer.checkpoint()).parameters);
        trainer.destroy();
      }
      useKernels(device(), usual);
      for (const end of ends) expect(end).toEqual(ends[0]);
    },
  );
});
