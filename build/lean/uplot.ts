/**
 * uPlot without what no chart here shows. The version is pinned in package.json: the patterns below name lines of it,
 * and the build fails where one of them finds nothing.
 */
import type { Plugin } from 'vite';

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
