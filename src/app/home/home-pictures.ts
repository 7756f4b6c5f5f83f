/** Pictures of the first page, drawn: of what is given, not of a run. */
import { svg, type TemplateResult } from 'lit';
import { SKETCHES } from '../../lessons/path.ts';

/** Decoration: the words beside it say what it is about. */
export function sketch(lesson: string): TemplateResult {
  return svg`<svg class="sketch" viewBox="0 0 132 44" aria-hidden="true">
    ${SKETCHES[lesson]!.map(([kind, color, path]) => {
      const ink = `var(--lab-${color})`;
      if (kind === 'line' || kind === 'dash') {
        return svg`<path d=${path} fill="none" stroke=${ink} stroke-width="2" stroke-dasharray=${kind === 'dash' ? '4 3' : 'none'} />`;
      }
      if (kind === 'ask') {
        const [x, y, width, height] = path.split(' ').map(Number) as [number, number, number, number];
        return svg`<rect class="ask" x=${x} y=${y} width=${width} height=${height} rx="3" /><text
            x=${x + width / 2} y=${y + height / 2 + 5}>?</text>`;
      }
      return pairs(path).map(([x, y]) =>
        kind === 'dots'
          ? svg`<circle cx=${x} cy=${y} r="2.8" fill="var(--lab-card)" stroke=${ink} stroke-width="1.8" />`
          : svg`<rect x=${x} y=${y} width="14" height=${42 - y} rx="1.5" fill=${ink} />`,
      );
    })}
  </svg>`;
}

function pairs(list: string): [number, number][] {
  const numbers = list.split(' ').map(Number);
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!]);
}
