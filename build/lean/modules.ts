/** Whole modules of which figures have a smaller one (`modules/`), with the types of the original. */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** What the worker of figures does without. */
const IN_WORKER = {
  'src/training/trainer/persistent-mlp.ts': 'persistent-mlp.ts',
  'src/worker/items.ts': 'items.ts',
  'src/training/trainer/answers.ts': 'answers.ts',
  'src/training/trainer/precision.ts': 'precision.ts',
  'src/gpu/half.ts': 'half.ts',
  'src/kernels/attention-serial.ts': 'attention-serial.ts',
  'src/kernels/matmul-rare.ts': 'matmul-rare.ts',
  'src/training/spec/identity.ts': 'identity.ts',
  'src/training/results/parse-result.ts': 'parse-result.ts',
  'src/training/results/refuse-weights.ts': 'refuse-weights.ts',
  'src/training/plan/plan-kept.ts': 'plan-kept.ts',
  'src/training/plan/side-by-side.ts': 'side-by-side.ts',
  'src/training/measuring/benchmark-checks.ts': 'benchmark-checks.ts',
  'src/training/measuring/load-benchmark.ts': 'load-benchmark.ts',
  'src/kernels/commented.ts': 'commented.ts',
  'src/cpu/load.ts': 'load-cpu.ts',
  'src/gpu/horizontal-fusion.ts': 'horizontal-fusion.ts',
};

/** What the figure's own scripts do without. */
const IN_PAGE = {
  'src/components/chart/chart-pen.ts': 'chart-pen.ts',
  'src/components/chart/names.ts': 'names.ts',
  'src/components/chart/row-names.ts': 'row-names.ts',
  'src/components/people.ts': 'people.ts',
  'src/locales/say.ts': 'say.ts',
};

export const leanWorkerModules = (): Plugin => leanModules(IN_WORKER);
export const leanPageModules = (): Plugin => leanModules(IN_PAGE);

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function leanModules(modules: Readonly<Record<string, string>>): Plugin {
  const aliases = new Map(
    Object.entries(modules).map(([full, lean]) => [at(`../../${full}`), at(`modules/${lean}`)]),
  );
  return {
    name: 'lean-modules',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (!source.startsWith('.')) return null;
      const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
      return (resolved && aliases.get(resolved.id)) ?? null;
    },
  };
}
