/** Recordings as figures carry them. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Plugin, runnerImport } from 'vite';
import type { Series } from '../../src/findings/findings.ts';
import type { Question } from '../../src/lessons/question.ts';
import type * as Questions from './questions.ts';
import { compileFile } from '../prose/compile.ts';

/** Four significant digits are more than a figure shows; three are enough of what is given for a drawing. */
const rounded =
  (digits: number) =>
  (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;

/** A fitted law bends little: so many of its points draw it as well as all. */
const FIT_POINTS = 16;
/** So many points can be told apart on a line that is only looked at. */
const GIVEN_POINTS = 20;

/**
 * A figure needs of a recording its curves and its verdict: no tables, fits and specs. The lesson's question comes along.
 * `?waiting` is what it shows before its reader has predicted: what is given, and how it is asked.
 */
export function slimRecordings(): Plugin {
  let questions: typeof Questions | undefined;
  return {
    name: 'slim-recordings',
    enforce: 'pre',
    // Not while modules are loaded: both would wait for one another.
    async buildStart() {
      questions ??= await loadQuestions();
    },
    async load(id) {
      const [, folder, waits] = /^(.*\/src\/lessons\/[^/]+\/)recording\.json(\?waiting)?$/.exec(id) ?? [];
      if (!folder) return null;
      const { conceal, pick, questionOf, recordingIn } = questions!;
      const { size, seed, device, date, findings } = recordingIn(
        await readFile(`${folder}recording.json`, 'utf8'),
      );
      const asked = questionOf(basename(folder));
      const question = {
        en: compileFile(`${folder}en.md`, 'en').question,
        zh: compileFile(`${folder}zh.md`, 'zh').question,
      };
      const { outcome, sentence, numbers } = findings.verdict;
      const predicted = { [asked.value]: numbers[asked.value] };
      const verdict = { outcome, numbers: predicted, sentence, refutedBy: { en: '', zh: '' } };
      const whole = waits
        ? conceal(asked, findings)
        : { tables: [], figures: findings.figures, fits: {}, verdict };
      const thinned = (series: Series, log: boolean): Series => {
        if (!waits && (series.role !== 'fit' || series.mark !== 'line')) return series;
        return pick(series, spaced(series.x, log, waits ? GIVEN_POINTS : FIT_POINTS));
      };
      const figures = whole.figures.map((figure) => ({
        ...figure,
        series: figure.series.map((series) => thinned(series, figure.x.scale === 'log')),
      }));
      const slim = { ...whole, figures };
      const of = { question, size, seed, device, date, findings: slim };
      const value = JSON.stringify(waits ? { ...of, asked: howAsked(asked) } : of, rounded(waits ? 3 : 4));
      return { code: `export default ${value}`, map: null, moduleType: 'js' };
    },
  };
}

/** Places in a rising list, all or so many, about equally far apart on its axis; first and last among them. */
export function spaced(x: readonly number[], log: boolean, count = GIVEN_POINTS): number[] {
  if (x.length <= count) return [...x.keys()];
  const scale = (value: number): number => (log ? Math.log(Math.max(value, Number.MIN_VALUE)) : value);
  const [first, last] = [scale(x[0]!), scale(x.at(-1)!)];
  const ends = Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));
  const near = ends.map((end) => x.findIndex((value) => scale(value) >= end - 1e-9));
  return [...new Set(near.map((at) => (at < 0 ? x.length - 1 : at)))];
}

/** Of a question what is data; how a prediction is compared is loaded when there is one. */
function howAsked({ kind, figure, x, y, hint, from, to, unit, never, replay }: Question): object {
  return { kind, figure, frame: { x: x.range, y: y.range }, hint, from, to, unit, never, replay };
}

async function loadQuestions(): Promise<typeof Questions> {
  const { module } = await runnerImport<typeof Questions>('/build/lean/questions.ts', {
    configFile: false,
    logLevel: 'error',
  });
  return module;
}
