/** What the builds do to texts on their way: less of them, and nothing that depends on the page around a figure. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { minify, type MinifyOptions } from 'terser';
import type { Plugin } from 'vite';
import { compileProse } from './compile.ts';
import { shortNames } from './short-names.ts';

export interface Comments {
  /** without their lines and names, too */
  packed?: boolean;
  /** shaders that people read in the page stay as they are */
  readable?: RegExp;
}

/** Shaders travel without their comments; lines stay where they are, so that errors name the right ones. */
export function withoutComments({ packed = false, readable }: Comments = {}): Plugin {
  return {
    name: 'wgsl-without-comments',
    apply: 'build',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.wgsl?raw') || readable?.test(id)) return null;
      const text = await readFile(id.slice(0, -'?raw'.length), 'utf8');
      return `export default ${JSON.stringify(packed ? pack(text) : uncommented(text))}`;
    },
  };
}

const uncommented = (code: string): string => code.replace(/[ \t]*\/\/.*$/gm, '').replace(/^[ \t]+/gm, '');

const SHADERS = new URL('../../shaders/', import.meta.url);
let shorten: ((code: string) => string) | undefined;

/** A shader as figures have it. */
export function pack(code: string): string {
  shorten ??= shortNames(
    readdirSync(SHADERS)
      .map((name) => readFileSync(new URL(name, SHADERS), 'utf8'))
      .map(uncommented),
  );
  return shorten(inOneLine(uncommented(code)));
}

/** Spaces stay between two words, and between two signs that would become another one: `a - -b`, `array<u32> =`. */
function inOneLine(code: string): string {
  return code
    .replace(/\s+/g, ' ')
    .replace(/ ?([{}()[\];,:]) ?/g, '$1')
    .replace(/(?<=[\w)\]]) (?=[-+*/%<>=&|!])|(?<=[-+*/%<>=&|!]) (?=\w)/g, '')
    .replace(/,(?=[)}])/g, '')
    .trim();
}

/**
 * Kernels that a figure does without: those that are faster on the CPU alone (broadcasts, attention in registers), the
 * normalisation inside products, which saves launches of transformers, and products that are summed in parts.
 */
const LEFT_OUT =
  /(_subgroup|_quad|_broadcast|attention_(lane_\w+|\w*register)|_rows_normalised|_parts)\.wgsl\?raw$/;

export function withoutRareKernels(): Plugin {
  return {
    name: 'without-rare-kernels',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (LEFT_OUT.test(id) ? "export default ''" : null),
  };
}

/** Modules that a figure does without, and what stands there instead. */
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

export function withoutRareModules(): Plugin {
  return {
    name: 'without-rare-modules',
    apply: 'build',
    enforce: 'pre',
    load: (id) => Object.entries(ABSENT).find(([path]) => id.endsWith(path))?.[1] ?? null,
  };
}

interface Recording {
  size: string;
  seed: number;
  device: string;
  date: string;
  findings: { figures: unknown[]; verdict: { outcome: string; sentence: unknown } };
}

/** Four significant digits are more than a figure shows. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

/** A figure needs of a recording its curves and its verdict: no tables, fits and specs. The question comes along. */
export function slimRecordings(): Plugin {
  return {
    name: 'slim-recordings',
    enforce: 'pre',
    async load(id) {
      const [, folder] = /^(.*\/src\/lessons\/[^/]+\/)recording\.json$/.exec(id) ?? [];
      if (!folder) return null;
      const { size, seed, device, date, findings } = JSON.parse(await readFile(id, 'utf8')) as Recording;
      const { outcome, sentence } = findings.verdict;
      const verdict = { outcome, numbers: {}, sentence, refutedBy: { en: '', zh: '' } };
      const question = {
        en: compileProse(await readFile(`${folder}en.md`, 'utf8'), 'en').question,
        zh: compileProse(await readFile(`${folder}zh.md`, 'utf8'), 'zh').question,
      };
      const slim = { tables: [], figures: findings.figures, fits: {}, verdict };
      const value = JSON.stringify({ question, size, seed, device, date, findings: slim }, rounded);
      return { code: `export default ${value}`, map: null, moduleType: 'js' };
    },
  };
}

/**
 * A page may have set any size of type on its root, so that figures have a unit of their own. Style sheets travel
 * without their indentation.
 */
export function ownUnits(): Plugin {
  return {
    name: 'own-units',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/(components|embed|styles)\//.test(id)) return null;
      // No figure is for a lecture hall.
      const here = code.replace(/:root\[data-projector\]\s*\{[^}]*\}/, '');
      const own = here.replace(/(\d*\.?\d+)rem\b/g, 'calc($1 * var(--lab-rem, 16px))');
      const packed = own.replace(/\bcss`[^`]*`/g, (sheet) =>
        sheet.replace(/\/\*[^]*?\*\//g, '').replace(/\s+/g, ' '),
      );
      return packed === code ? null : { code: packed, map: null };
    },
  };
}

/** Calls that declare an option of a schema, with its description as their last argument. */
const DECLARATIONS = new Set(['integer', 'real', 'flag', 'choice', 'string', 'numbers']);

interface Node {
  type: string;
  start: number;
  end: number;
  key?: { name?: string };
  value?: Node;
  callee?: { name?: string };
  arguments?: Node[];
}

/** Tasks and options without their descriptions, where no form shows them. */
export function withoutDescriptions(): Plugin {
  return {
    name: 'without-descriptions',
    transform(code, id) {
      if (id.endsWith('/src/schema.ts'))
        return { code: code.replace(/\bv\.(description|metadata)\([^()]*\),?/g, ''), map: null };
      if (!/\/src\/(tasks|models|training)\//.test(id)) return null;
      const places: [number, number][] = [];
      const visit = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        const node = value as Node;
        const last = node.arguments?.at(-1);
        if (
          node.type === 'CallExpression' &&
          DECLARATIONS.has(node.callee?.name ?? '') &&
          last?.type === 'Literal'
        )
          places.push([last.start, last.end]);
        if (node.type === 'Property' && node.key?.name === 'description' && node.value?.type === 'Literal')
          places.push([node.value.start, node.value.end]);
        Object.values(value).forEach(visit);
      };
      visit(this.parse(code));
      if (!places.length) return null;
      const short = places
        .toSorted(([a], [b]) => b - a)
        .reduce((text, [start, end]) => `${text.slice(0, start)}''${text.slice(end)}`, code);
      return { code: short, map: null };
    },
  };
}

/**
 * Kernels without the words of their assertions: a figure's are put together by the engine alone, which is tested. What
 * people may ask too much of is said elsewhere, by the trainer and the device.
 */
export function withoutAssertions(): Plugin {
  return {
    name: 'without-assertions',
    transform(code, id) {
      if (!/\/src\/(kernels|autodiff)\/|\/src\/gpu\/(kernel|tensor)\.ts/.test(id)) return null;
      return {
        code: code.replace(/new (Range|)Error\((?:[^()`]|`[^`]*`)*\)/g, "new $1Error('kernel')"),
        map: null,
      };
    },
  };
}

/** What goes out of uPlot, and what stands there instead. */
const UNUSED: readonly (readonly [RegExp, string])[] = [
  // Ways of drawing that no chart here has, its join of tables and its static helpers for dates.
  [/^\s*\(paths\.(stepped|bars|spline)\s*=\s*\w+\);$/gm, ''],
  [/^\s*uPlot\.(join|fmtDate|tzDate)\s*=\s*\w+;$/gm, ''],
  // Axes of time.
  [/\blet isTime = .*;$/gm, 'const isTime = false;'],
  [/^const \[ timeIncrs.*$/gm, ''],
  [/^\s*const _time(AxisSplits|AxisVals|SeriesVal)\b.*$/gm, ''],
  // Axes of the inverse hyperbolic sine, and of functions of one's own.
  [/\b(?:sc\.)?distr == (?:4|100)\s*\? [^:?]+:/g, ''],
  [/\[_min, _max\] = rangeAsinh\(.*$/gm, ';'],
  [/^\s*uPlot\.rangeAsinh\s*=.*$/gm, ''],
  // Dragging out a part of the chart, and pointers that several charts share.
  [/\bif \(select\.show && dragging\)/g, 'if (false)'],
  [/\bconst syncKey = .*;$/gm, 'const syncKey = null;'],
  // The legend: `lab-chart` has one of its own.
  [/\bconst showLegend = .*;$/gm, 'const showLegend = false;'],
  // Several tables in one plot, lines with gaps, and charts that follow each other's pointers.
  [/\b(const|let) mode = (?:self|u)\.mode;$/gm, '$1 mode = 1;'],
  [/\bif \(!series\.spanGaps\)/g, 'if (false)'],
  [/^\s*uPlot\.(addGap|clipGaps|sync|rangeNum|rangeLog)\s*=.*$/gm, ''],
  [/^\s*const sync = .*;$|^\s*sync\.(?:sub|unsub)\(self\);$/gm, ''],
  [/^\s*events\.\w+ = \w+;$/gm, ''],
  [/^\tevents\["setSeries"\] = [^]*?^\t\};$/gm, ''],
  [/^\tconst syncOpts = [^]*?cursor\.sync = syncOpts;$/gm, ''],
  [/^\s*onMouse\((?:mousedown|dblclick),\s*over, \w+\);$/gm, ''],
  [
    /^\s*self\.(?:pub|set(?:Select|Series|Band|Legend)|(?:add|del)(?:Series|Band)|(?:val|pos)ToIdx)\s*=.*;$/gm,
    '',
  ],
  [/^\t(?:focus|hover): \{[^]*?^\t\},$/gm, ''],
  // Which point is nearest to the pointer.
  [/\bif \(cursor\.dataIdx == null\) \{$/gm, 'if (false) {'],
  // Scales that follow others, texts that a legend would have, and rectangles that are drawn with the pointer.
  [/\b(?:scaleOpts|wsc)\.from != null\) \{$/gm, 'false) {'],
  [/\bif \(scaleKey != xScaleKey \|\| .*\{$/gm, 'if (false) {'],
  [/\bif \(legend\.live\) \{$/gm, 'if (false) {'],
  [/\bselect\.show\b/g, 'false'],
  // The type, which axes here name themselves.
  [/^const font\s*=.*$/gm, "const font = '12px sans-serif';"],
  // Names of days and months.
  [/\bconst (days3|months3|localTz)\s*=.*;$/gm, 'const $1 = undefined;'],
];

/**
 * Functions of uPlot that no chart here needs whole, and what they do instead. `lab-chart` has ranges, ticks, labels and
 * readings of its own: of the pointer it wants to know only where it is.
 */
const SHORTENED: Readonly<Record<string, string>> = {
  updateCursor: 'cursor.left = mouseLeft1; cursor.top = mouseTop1; _fire !== false && fire("setCursor");',
  mouseMove: 'cacheMouse(e); updateCursor(null, true);',
  mouseLeave: 'mouseLeft1 = mouseTop1 = -10; updateCursor(null, true);',
  cacheMouse:
    'rect == null && syncRect(false); mouseLeft1 = e.clientX - rect.left; mouseTop1 = e.clientY - rect.top;',
  setLegend: 'shouldSetLegend = false;',
  // Of scales that say their range themselves; all that matters is that it is not empty.
  rangeNum: 'return [_min - 1, _max + 1];',
  rangeLog: 'return [min / 10, max * 10];',
  genIncrs: 'return [];',
  autoPadSide: 'return 0;',
  rect: 'return ori == 0 ? (p, x, y, w, h) => { p.rect(x, y, w, h); } : (p, y, x, h, w) => { p.rect(x, y, w, h); };',
  ...Object.fromEntries(
    (
      'mouseDown mouseUp dblClick hideSelect initCursorPt setFocus setSeries addSeries delSeries addBand delBand ' +
      'setBand pub pubSync setSelect cursorPointShow cursorPointSize cursorPointFill cursorPointStroke ' +
      'legendStroke legendFill numAxisVals numAxisSplits logAxisSplits asinhAxisSplits log10AxisValsFilt ' +
      'log2AxisValsFilt numSeriesVal snapNumX snapNumY snapLogY snapAsinhY'
    )
      .split(' ')
      .map((name) => [name, '']),
  ),
};

/** Its rules for the legend, for cursors and for selections, and a type of its own. */
const UNUSED_RULES =
  /\bfont-family:[^;]*;|[^{}]*\.u-(?:title|legend|inline|series|select|cursor)\b[^{}]*\{[^}]*\}/g;

/** uPlot without what no chart here shows. */
export function slimPlot(): Plugin {
  return {
    name: 'slim-uplot',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('/uplot/dist/uPlot.min.css'))
        return { code: code.replace(UNUSED_RULES, ''), map: null };
      if (!id.includes('/uplot/dist/uPlot.esm.js')) return null;
      const slim = UNUSED.reduce((text, [pattern, instead]) => {
        if (!pattern.test(text)) this.error(`uPlot has changed: nothing in it is like ${String(pattern)}`);
        return text.replace(pattern, instead);
      }, code);
      const short = Object.entries(SHORTENED).reduce((text, [name, body]) => {
        // Its end is the brace that is indented as its beginning is.
        const whole = new RegExp(String.raw`^(\t*)(function ${name}\(.*\) \{)$[^]*?^\1\}$`, 'm');
        if (!whole.test(text)) this.error(`uPlot has changed: there is no function ${name}`);
        return text.replace(whole, (_all, indent: string, head: string) => `${indent}${head} ${body} }`);
      }, slim);
      return { code: short, map: null };
    },
  };
}

const MINIFICATION: MinifyOptions = { module: true, ecma: 2020, compress: { passes: 3 } };

/** Scripts once more, by a minifier that goes further than the bundler's; templates without their indentation. */
export function leanScripts(): Plugin {
  return {
    name: 'lean-scripts',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk') continue;
          const { code = '' } = await minify(part.code, MINIFICATION);
          part.code = code.replace(/\n[ \t]+/g, '\n');
        }
      },
    },
  };
}
