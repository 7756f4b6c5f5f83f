/** The verdict of efficiency-times-time: which changes are worth a clear factor in training time, and whether it is one for both lengths. */
import { median } from '../../scaling/index.ts';
import type { Results, Size, Text, Verdict } from '../lesson.ts';
import { gap, known, notEnough } from '../shared/evidence.ts';
import { text } from '../shared/text.ts';
import { keyOf, runsOf } from './design.ts';
import { type Row, shiftsOf } from './measured.ts';

/** A factor between these is no change, and neither is one between those of two lengths. */
const NO_CHANGE = [0.9, 1.1] as const;
const FEWEST_SEEDS = 3;
/** Of the changes, those that the claim is about. */
const KINDS = ['optimizer', 'data'] as const;

const REFUTED_BY = text(
  `No optimizer, or no choice of data, with a factor outside ${NO_CHANGE[0]} to ${NO_CHANGE[1]} on the same side in every seed; or one with such a factor that is another after the long run than after the short one, by as much in every seed: then efficiency and time do not multiply.`,
  `没有一种优化器，或者没有一种数据的选法，其倍数在每个种子里都落在 ${NO_CHANGE[0]} 到 ${NO_CHANGE[1]} 之外的同一侧；或者有这样倍数的某种改变，长训练与短训练得到的倍数在每个种子里都相差这么多：那么效率与时间就不是相乘的。`,
);

/** Whether all seeds have it outside NO_CHANGE, on one side. */
function isClear(factors: readonly number[]): boolean {
  return factors.every((factor) => factor > NO_CHANGE[1]) || factors.every((factor) => factor < NO_CHANGE[0]);
}

const isBetter = (factors: readonly number[]): boolean => factors.every((factor) => factor > NO_CHANGE[1]);

export function verdictOf(results: Results, size: Size, rows: readonly Row[]): Verdict {
  const numbers = known(
    Object.fromEntries(
      rows.flatMap(({ change: { number }, short, long }) => [
        [number, middle(long.byLoss)],
        [`${number}Short`, middle(short.byLoss)],
        [`${number}ByAccuracy`, middle(long.byAccuracy)],
      ]),
    ),
  );
  const missing = gap(
    results,
    runsOf(size).map(({ change, steps }) => keyOf(change, steps)),
  );
  if (missing) return notEnough(missing, REFUTED_BY, numbers);
  const judged = rows.filter((row) => shiftsOf(row).length >= FEWEST_SEEDS);
  const outside = rows.filter((row) => !judged.includes(row));
  const lacking = KINDS.find((kind) => !judged.some(({ change }) => change.kind === kind));
  if (lacking) return notEnough(left(outside), REFUTED_BY, numbers);
  const better = judged.find(({ change, short, long }) => {
    return change.kind === 'rate' && isBetter(short.byLoss) && isBetter(long.byLoss);
  });
  if (better) {
    return notEnough(
      text(
        `${better.change.name.en} is ahead of the reference at both lengths: it is not tuned, and says nothing of the others.`,
        `“${better.change.name.zh}”在两种时长下都领先于参照：参照没有调好，比较就没有意义。`,
      ),
      REFUTED_BY,
      numbers,
    );
  }
  const clear = judged.filter(({ change, long }) => change.kind !== 'rate' && isClear(long.byLoss));
  const shifted = clear.filter((row) => isClear(shiftsOf(row)));
  const kept = clear.filter((row) => !shifted.includes(row));
  const isThere = KINDS.every((kind) => clear.some(({ change }) => change.kind === kind));
  return {
    outcome: isThere && shifted.length === 0 ? 'holds' : 'does-not-hold',
    numbers: { ...numbers, clearChanges: clear.length, shiftedChanges: shifted.length },
    sentence: joined(clear.length > 0 ? said(kept, shifted) : NOTHING, left(outside)),
    refutedBy: REFUTED_BY,
  };
}

const NOTHING = text(
  'No change was worth a clear factor in training time.',
  '没有一种改变折合成训练时间有明确的倍数。',
);

function said(kept: readonly Row[], shifted: readonly Row[]): Text {
  const [en, zh] = (['en', 'zh'] as const).map((language) => ({
    kept: listed(kept, language, ({ long }) => factor(long.byLoss)),
    shifted: listed(
      shifted,
      language,
      ({ short, long }) => `${factor(short.byLoss)} → ${factor(long.byLoss)}`,
    ),
  })) as [Said, Said];
  return text(
    [
      ...(kept.length > 0
        ? [`Worth one factor in training time against Adam at both lengths: ${en.kept}.`]
        : []),
      ...(shifted.length > 0
        ? [`Worth another after the long run than after the short one: ${en.shifted}.`]
        : []),
    ].join(' '),
    [
      ...(kept.length > 0 ? [`与 Adam 相比，折合成训练时间在两种时长下倍数相同的：${zh.kept}。`] : []),
      ...(shifted.length > 0 ? [`长训练与短训练倍数不同的：${zh.shifted}。`] : []),
    ].join(''),
  );
}

/** The changes that say nothing of the product: at one of the lengths they end outside what the reference has measured. */
function left(rows: readonly Row[]): Text {
  const named = (language: keyof Text, separator: string): string =>
    rows.map(({ change }) => change.name[language]).join(separator);
  return rows.length > 0
    ? text(
        `Left out, as in fewer than ${FEWEST_SEEDS} seeds both lengths end within what Adam’s runs have measured: ${named('en', ', ')}.`,
        `未计入（两种时长都落在 Adam 测过的范围内的种子不到 ${FEWEST_SEEDS} 个）：${named('zh', '，')}。`,
      )
    : text('', '');
}

const joined = (first: Text, second: Text): Text =>
  text(`${first.en} ${second.en}`.trim(), first.zh + second.zh);

interface Said {
  kept: string;
  shifted: string;
}

function listed(rows: readonly Row[], language: keyof Text, of: (row: Row) => string): string {
  return rows.map((row) => `${row.change.name[language]} ${of(row)}`).join(language === 'en' ? ', ' : '，');
}

const middle = (values: readonly number[]): number => median(values.filter(Number.isFinite));
const factor = (values: readonly number[]): string => middle(values).toFixed(2);
