/**
 * What a comma and a point mean in a column: 2,774 is 2774 to some and 2.774 to others, and a fit would take either without a word. The
 * cells that can be read in one way only decide for the others; where they do not, the column is refused.
 */
import { isMissing, partsOf } from './notation.ts';
import { type Refusal, refuse } from './refusal.ts';

/** One cell of a column, and the line of the table that it stands on. */
export interface Cell {
  line: number;
  text: string;
}

/**
 * `comma-decimal`: only a decimal comma, as in 2,51 or 0,774 or 1.234,5; `comma-group`: only groups, as in 1,234,567 or 1,234.5;
 * `comma-open`: either, as in 2,774; the same for points.
 */
type Evidence =
  'comma-decimal' | 'comma-group' | 'comma-open' | 'point-decimal' | 'point-group' | 'point-open';

/** What one cell shows; nothing where it has no mark, or is no number. */
function evidenceOf(text: string): Evidence[] {
  const parts = partsOf(text);
  if (!parts || isMissing(text)) return [];
  const { digits, exponent, rest } = parts;
  const commas = digits.split(',').length - 1;
  const points = digits.split('.').length - 1;
  const others = /['_ ]/.test(digits);
  if (commas + points === 0) return [];
  if (others || (commas && points)) {
    const decimal = digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.';
    const [whole, ...fractions] = digits.split(decimal);
    const groups = /^\d{1,3}([.,'_ ])\d{3}(\1\d{3})*$/.test(whole!);
    if (fractions.length !== 1 || !groups) return [];
    return decimal === ','
      ? ['comma-decimal']
      : commas
        ? ['point-decimal', 'comma-group']
        : ['point-decimal'];
  }
  const mark = commas ? ',' : '.';
  const name = commas ? 'comma' : 'point';
  if (commas + points > 1) return /^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(digits) ? [`${name}-group`] : [];
  if (!/^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return [`${name}-decimal`];
  // Nobody groups the digits of 1.234e9, 1.234M.
  const scaled = exponent !== '0' || rest !== '';
  return mark === '.' && scaled ? ['point-decimal'] : [`${name}-open`];
}

/** How the cells of a column are to be read: with this decimal mark, all other marks are groups. */
export interface Marks {
  decimal: '.' | ',';
  /** Says so, where the reading is not the usual one. */
  note?: string;
}

/**
 * Decides for a column.
 * @param whole its numbers are counts without a unit, so that 2,774 is no decimal number, and 1.234 a strange one
 * @param elsewhere cells of the other columns, which may show that the table has decimal commas, or points
 * @param guarded the table is separated by `;`, as where commas are decimal
 */
export function readMarks(
  name: string,
  cells: readonly Cell[],
  { whole, elsewhere, guarded }: { whole: boolean; elsewhere: () => Iterable<string>; guarded: boolean },
): Marks | Refusal {
  const found = new Map<Evidence, Cell[]>();
  for (const cell of cells) {
    for (const evidence of evidenceOf(cell.text)) {
      const before = found.get(evidence);
      if (before) before.push(cell);
      else found.set(evidence, [cell]);
    }
  }
  const first = (evidence: Evidence): Cell | undefined => found.get(evidence)?.[0];
  const count = (evidence: Evidence): number => found.get(evidence)?.length ?? 0;
  const refuseAt = ({ line, text }: Cell, why: string): Refusal =>
    refuse('bad-table', `Line ${line}, column ${name}: “${text.trim().slice(0, 40)}” ${why}.`, line);
  const twoWays = (cell: Cell): Refusal => {
    const plain = cell.text.trim().replace(/[.,]/, '');
    const decimal = cell.text.trim().replace(',', '.');
    return refuseAt(
      cell,
      `could be ${plain} or ${decimal}, and the column does not say which; write one of these`,
    );
  };

  const commaDecimal = first('comma-decimal');
  if (commaDecimal) {
    const against = first('point-decimal') ?? first('comma-group');
    if (against) {
      const later = against.line > commaDecimal.line ? against : commaDecimal;
      const earlier = later === against ? commaDecimal : against;
      return refuseAt(
        later,
        `and “${earlier.text.trim()}” in line ${earlier.line} use different decimal marks; write 1.5 with a point`,
      );
    }
    const open = first('point-open');
    if (open) return twoWays(open);
    // One cell alone may be a slip; two are a way of writing.
    if (count('comma-decimal') < 2) {
      return refuseAt(commaDecimal, 'could be read in two ways; write 1000 or 1.5 without commas');
    }
    return {
      decimal: ',',
      note: `Column ${name}: commas are read as decimal points, as “${commaDecimal.text.trim()}” in line ${commaDecimal.line} shows.`,
    };
  }

  const commaOpen = first('comma-open');
  if (commaOpen) {
    const group = first('comma-group');
    if (first('point-group') ?? first('point-open')) return twoWays(commaOpen);
    if (!group && (guarded || !whole)) return twoWays(commaOpen);
    return {
      decimal: '.',
      note: `Column ${name}: commas are read as group signs (“${commaOpen.text.trim()}” is ${commaOpen.text.trim().replaceAll(',', '')})${
        group ? `, as “${group.text.trim()}” in line ${group.line} shows` : ', since it counts whole things'
      }.`,
    };
  }

  const pointGroup = first('point-group');
  if (pointGroup) {
    const against = first('point-decimal') ?? first('comma-group');
    if (against)
      return refuseAt(
        against,
        `and “${pointGroup.text.trim()}” in line ${pointGroup.line} use different marks; write 1000 or 1.5`,
      );
    return {
      decimal: ',',
      note: `Column ${name}: points are read as group signs, as “${pointGroup.text.trim()}” in line ${pointGroup.line} shows.`,
    };
  }

  const pointOpen = first('point-open');
  if (pointOpen && !first('point-decimal') && !first('comma-group')) {
    if (whole) return twoWays(pointOpen);
    const table = tableEvidence(elsewhere());
    if (table.commaDecimal || (guarded && !table.settled)) return twoWays(pointOpen);
  }
  if (guarded && first('comma-group') && !first('point-decimal')) {
    const cell = first('comma-group')!;
    return {
      decimal: '.',
      note: `Column ${name}: commas are read as group signs, as “${cell.text.trim()}” in line ${cell.line} shows.`,
    };
  }
  return { decimal: '.' };
}

/** Whether other columns have decimal commas, or show that a point is no group sign: 2.51, or 1000000 without any sign. */
function tableEvidence(cells: Iterable<string>): { commaDecimal: boolean; settled: boolean } {
  let settled = false;
  for (const text of cells) {
    const evidence = evidenceOf(text);
    if (evidence.includes('comma-decimal')) return { commaDecimal: true, settled };
    settled ||= evidence.includes('point-decimal') || /^\s*\d{5,}\s*$/.test(text);
  }
  return { commaDecimal: false, settled };
}

/** The cell with `.` as its decimal mark and without groups; as it is where its marks do not fit, so that it is refused. */
export function withPlainMarks(text: string, { decimal }: Marks): string {
  const parts = isMissing(text) ? undefined : partsOf(text);
  if (!parts) return text;
  const { sign, digits, exponent, rest } = parts;
  const [whole = '', ...fractions] = digits.split(decimal);
  const group = decimal === '.' ? ",'_ " : ".'_ ";
  const grouped = new RegExp(`^\\d{1,3}(?:([${group}])\\d{3}(?:\\1\\d{3})*)?$`).test(whole);
  if (fractions.length > 1 || (!grouped && !/^\d*$/.test(whole)) || !/^\d*$/.test(fractions[0] ?? ''))
    return text;
  const plain = whole.replace(/[.,'_ ]/g, '');
  return `${sign}${plain}${fractions.length ? `.${fractions[0]}` : ''}${exponent === '0' ? '' : `e${exponent}`} ${rest}`;
}
