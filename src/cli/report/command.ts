/** `report`: what is in files and folders of the lab, as a page, as pictures, or as lines for programs. */
import { createRequire } from 'node:module';
import { drawFigure } from '../../figures/drawing.ts';
import type { Figure } from '../../findings/findings.ts';
import { LANGUAGES } from '../../languages.ts';
import { cut } from '../../show.ts';
import { readArguments, UsageError } from '../arguments.ts';
import { chart } from '../chart.ts';
import { checkWritable, writeWhole } from '../files/write.ts';
import { colorIn, THEMES } from './colors.ts';
import { linesOf } from './lines.ts';
import { reportPage } from './page.ts';
import { type Reported, reportedIn } from './source.ts';

export const REPORT_USAGE =
  'report FILE.json|FOLDER … [--html FILE] [--svg FILE] [--png FILE] [--figure NAME] [--jsonl FILE|-] [--lang en|zh] [--theme light|dark]';

export async function report(argv: string[]): Promise<number> {
  const options = {
    html: { type: 'string' },
    svg: { type: 'string' },
    png: { type: 'string' },
    jsonl: { type: 'string' },
    figure: { type: 'string' },
    lang: { type: 'string', default: 'en' },
    theme: { type: 'string', default: 'light' },
  } as const;
  const { values, positionals } = readArguments(argv, options, ['FILE.json or FOLDER …']);
  const language = oneOf('lang', values.lang, LANGUAGES);
  const color = colorIn(oneOf('theme', values.theme, THEMES));
  const { html, svg, png, jsonl } = values;
  for (const file of [html, svg, png, jsonl]) if (file !== undefined && file !== '-') checkWritable(file);
  const reported = (await Promise.all(positionals.map(reportedIn))).flat();
  if (html !== undefined) writeWhole(html, reportPage(reported, language));
  if (svg !== undefined || png !== undefined) {
    const drawing = drawFigure(figureOf(reported, values.figure), { language, color });
    if (svg !== undefined) writeWhole(svg, `${drawing}\n`);
    if (png !== undefined) writeWhole(png, rasterized(drawing));
  }
  if (jsonl === '-') for (const one of reported) for (const line of linesOf(one)) process.stdout.write(line);
  else if (jsonl !== undefined) writeWhole(jsonl, reported.flatMap((one) => [...linesOf(one)]).join(''));
  if ([html, svg, png, jsonl].every((file) => file === undefined))
    console.log(reported.map(described).join('\n\n'));
  return 0;
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found === undefined)
    throw new UsageError(`--${name}: must be one of ${allowed.join(', ')}, not "${cut(text, 60)}"`);
  return found;
}

/** @throws UsageError that names those that there are */
function figureOf(reported: readonly Reported[], name: string | undefined): Figure {
  const all = reported.flatMap(({ findings }) => findings.figures);
  const found = name === undefined ? all[0] : all.find((figure) => figure.name === name);
  if (found) return found;
  const names = [...new Set(all.map((figure) => figure.name))].join(', ');
  throw new UsageError(
    names ? `--figure: must be one of ${names}, not "${cut(name!, 60)}"` : 'there is no chart in it yet',
  );
}

/** Twice as many pixels as it is wide, for screens that show so many. */
const SCALE = 2;

interface Rasterizer {
  Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array<ArrayBuffer> } };
}

/** @throws UsageError where the package that does it is not installed */
function rasterized(svg: string): Uint8Array<ArrayBuffer> {
  let module: Rasterizer;
  try {
    module = createRequire(import.meta.url)('@resvg/resvg-js') as Rasterizer;
  } catch {
    throw new UsageError(
      '--png: needs the package @resvg/resvg-js: `npm install @resvg/resvg-js`; --svg needs none',
    );
  }
  const options = { fitTo: { mode: 'zoom', value: SCALE }, font: { defaultFontFamily: 'DejaVu Sans' } };
  return new Uint8Array(new module.Resvg(svg, options).render().asPng());
}

/** In the terminal: the verdict and the first chart. */
function described({ name, findings, device, date, note }: Reported): string {
  const { sentence } = findings.verdict;
  const [figure] = findings.figures;
  return [
    `${name}${device && `, on ${device}, ${date.slice(0, 10)}`}`,
    note?.en,
    figure && chart(figure),
    sentence.en,
  ]
    .filter(Boolean)
    .join('\n\n');
}
