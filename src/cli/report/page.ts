/** A report as a page of one file: it needs no scripts, no network and no lab. */
import { drawFigure, escaped } from '../../figures/drawing.ts';
import { NOTHING, type Table, type Text } from '../../findings/findings.ts';
import { type Language, TAGS } from '../../languages.ts';
import { colorsOfPage } from './colors.ts';
import type { Reported } from './source.ts';

const WORDS = {
  en: {
    title: 'Report',
    made: (device: string, date: string) => `Trained on ${device}, ${date}.`,
    again: 'The command that makes it again:',
    settings: 'Settings',
    refuted: 'It would have been refuted by: ',
  },
  zh: {
    title: '报告',
    made: (device: string, date: string) => `训练设备：${device}，${date}。`,
    again: '重做这次运行的命令：',
    settings: '设置',
    refuted: '什么结果会推翻它：',
  },
} as const satisfies Record<Language, object>;

const STYLE = `
body { margin: 0 auto; padding: 24px 16px 64px; max-width: 46rem; background: var(--lab-paper); color: var(--lab-ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
svg { display: block; width: 100%; height: auto; margin: 16px 0; border: 1px solid var(--lab-line); border-radius: 12px; break-inside: avoid; }
table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 12px 4px 0; text-align: left; border-bottom: 1px solid var(--lab-line); }
.scroll { overflow-x: auto; margin: 16px 0; }
pre { overflow-x: auto; padding: 12px; background: var(--lab-wash); border-radius: 8px; font-size: .875rem; }
.quiet { color: var(--lab-ink-2); }
`;

export function reportPage(reported: readonly Reported[], language: Language): string {
  const words = WORDS[language];
  const title = reported.length === 1 ? reported[0]!.name : words.title;
  return `<!doctype html>
<html lang="${TAGS[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)} · Scaling Lab</title>
<style>${colorsOfPage()}${STYLE}</style>
</head>
<body>
${reported.length === 1 ? '' : `<h1>${escaped(title)}</h1>\n`}${reported.map((one) => section(one, language, reported.length === 1 ? 'h1' : 'h2')).join('\n')}
</body>
</html>
`;
}

function section(reported: Reported, language: Language, heading: string): string {
  const { name, findings, device, date, specs, line, note } = reported;
  const words = WORDS[language];
  const { sentence, refutedBy } = findings.verdict;
  const color = (token: string): string => `var(--lab-${token})`;
  const figures = findings.figures.filter(({ series }) => series.length > 0);
  return `<section>
<${heading}>${escaped(name)}</${heading}>
${paragraph(note?.[language], 'quiet')}${paragraph(device && words.made(device, date.slice(0, 10)), 'quiet')}${paragraph(textOf(sentence, language))}${
    refutedBy.en ? paragraph(words.refuted + textOf(refutedBy, language)!, 'quiet') : ''
  }${figures.map((figure) => drawFigure(figure, { language, color })).join('\n')}
${findings.tables.map((table) => tableOf(table, language)).join('\n')}
${line === undefined ? '' : `<p class="quiet">${words.again}</p>\n<pre>${escaped(line)}</pre>`}
<details><summary>${words.settings}</summary><pre>${escaped(JSON.stringify(specs, undefined, 2))}</pre></details>
</section>`;
}

const textOf = (text: Text, language: Language): string | undefined =>
  text.en === NOTHING.en ? undefined : text[language];

const paragraph = (text: string | undefined, kind = ''): string =>
  text ? `<p${kind && ` class="${kind}"`}>${escaped(text)}</p>\n` : '';

function tableOf({ title, columns, rows }: Table, language: Language): string {
  const cell = (value: number | string | null): string =>
    value === null ? '–' : typeof value === 'number' ? String(Number(value.toPrecision(5))) : value;
  return `<div class="scroll"><table>
<caption>${escaped(title[language])}</caption>
<thead><tr>${columns.map(({ title }) => `<th scope="col">${escaped(title[language])}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${row.map((value) => `<td>${escaped(cell(value))}</td>`).join('')}</tr>`).join('\n')}
</tbody></table></div>`;
}
