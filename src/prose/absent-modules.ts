/** Whole modules that the build of figures leaves out. */
import type { Plugin } from 'vite';

/** What the worker of figures does without, and what stands there instead. */
const ABSENT = {
  // Figures train by dispatches: nobody there asks for a whole MLP in one workgroup.
  '/src/training/whole-mlp.ts':
    'export const canBeWhole = () => false; export const paysWhole = canBeWhole; export const wholeMlpSteps = () => undefined;',
  // Nor has anything there half precision.
  '/src/training/precision.ts':
    'export const hasHalf = () => false; export const computed = (_, __, arena) => (name) => arena.get(name);',
  '/src/gpu/half.ts': 'export const withHalves = (code) => code;',
  // Nor does it keep anything: a run is known by its spec, and nothing of before is found or read back.
  '/src/training/identity.ts':
    "export { describeDifferences, differences } from './differences.ts'; const known = (id) => ({ id, formerIds: [] });" +
    'export const identityOf = (spec) => known(JSON.stringify(spec)); export const idsOf = ({ id }) => [id];' +
    'export const begunWith = (run, parent) => known(`${run.id} from ${parent.id}`);',
  '/src/training/parse-result.ts':
    'export const parseResult = (result) => result; export const specInside = (spec) => spec; export const refuseOther = () => undefined;',
  // Measured kernels are computed again where the lab runs; a figure only times them.
  '/src/training/benchmark-checks.ts':
    'export const checkProduct = () => undefined; export const checkAttention = checkProduct;',
  // The processor's part is a file of its own (src/cpu/embedded.ts).
  '/src/cpu/load.ts': 'export const loadCpu = () => undefined;',
  // A few launches more.
  '/src/gpu/side-by-side.ts':
    'export const sideBySide = (dispatches) => dispatches; export const workgroupSize = () => [256];',
};

/** Of the figure's own scripts. */
const ABSENT_IN_PAGE = {
  // An author's prediction is looked at.
  '/src/components/chart/prediction-handles.ts':
    'export const PredictionEvent = undefined;' +
    'export class PredictionHandles { dragging = false; focus() {} draw() {} }',
};

export const withoutRareModules = (): Plugin => without(ABSENT);
export const withoutEditing = (): Plugin => without(ABSENT_IN_PAGE);

const without = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: 'without-modules',
  apply: 'build',
  enforce: 'pre',
  load: (id) => Object.entries(modules).find(([path]) => id.endsWith(path))?.[1] ?? null,
});
