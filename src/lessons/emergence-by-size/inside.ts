/** The inside of emergence-by-size: the sums themselves, as each size answers them, and its digits one by one. */
import { levels, type MarkedRow, type Picture } from '../../findings/pictures.ts';
import { add, heldOutSums, rightDigits, shareOfSum, SIGNS, spelled } from '../../inside/sums.ts';
import { weightsOf } from '../../inside/weights.ts';
import type { RunResult, Snapshot } from '../../worker/protocol.ts';
import type { Inside } from '../inside.ts';
import type { Ask } from '../inside-ask.ts';
import type { Results, Size } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { DESIGNS, keyOf } from './design.ts';

const SUMS = 12;

type Task = Parameters<typeof heldOutSums>[0];

const answers = new WeakMap<Snapshot, MarkedRow[]>();

/** The sums as the last weights answer them, each digit right or wrong. */
function sumsOf(run: RunResult, snapshot: Snapshot): MarkedRow[] {
  const known = answers.get(snapshot);
  if (known) return known;
  const task = run.spec.task as unknown as Task;
  const weights = weightsOf(snapshot);
  const rows = heldOutSums(task, SUMS).map((sum): MarkedRow => {
    const right = rightDigits(sum, task.digits);
    const { digits } = add(run.spec.model, weights, sum, task.digits);
    const isRight = digits.every((digit, place) => digit === right[place]);
    // People read the units last.
    const parts = digits
      .map((digit, place) => ({
        text: SIGNS[digit]!,
        mark: digit === right[place] ? ('right' as const) : ('wrong' as const),
      }))
      .reverse();
    return {
      parts: [
        { text: `${String(sum.a).padStart(2, '0')}+${String(sum.b).padStart(2, '0')}=`, mark: 'given' },
        ...parts,
      ],
      ...(isRight && { mark: 'right' as const }),
    };
  });
  answers.set(snapshot, rows);
  return rows;
}

/** How many of the sums are right. */
const rightOf = (rows: readonly MarkedRow[]): number => rows.filter(({ mark }) => mark === 'right').length;

function sums(runs: readonly RunResult[]): Picture[] {
  const looked = runs.flatMap((run) => {
    const snapshot = run.snapshots?.at(-1);
    return snapshot ? [{ run, rows: sumsOf(run, snapshot) }] : [];
  });
  if (!looked.length) return [];
  return [
    {
      kind: 'rows',
      name: 'sums',
      title: text('Twelve sums', '十二道加法'),
      look: text(
        'Twelve sums that no model was shown, as the size at the cursor answers them. The first digits come one by one; a whole answer needs them all, and so it comes at once.',
        '十二道哪个模型都没见过的加法，由光标处的规模来回答。数位是一个一个学会的；整道题要全对，所以来得突然。',
      ),
      untrained: text(
        'A model that has learned nothing writes one sign again and again, and some of its digits are right by luck: one in ten.',
        '什么都没学到的模型总写同一个符号，有些数位碰巧是对的：十个里一个。',
      ),
      figures: ['ability', 'metrics'],
      place: quantities.PARAMETERS,
      at: looked.map(({ run }) => run.parameters),
      panels: [
        {
          name: text('the answers of the first seed', '第一个种子的回答'),
          frames: looked.map(({ rows }) => rows),
          reading: { label: text('right', '答对'), values: looked.map(({ rows }) => rightOf(rows)) },
        },
      ],
    },
  ];
}

/** Accuracy of each digit over the steps, the sizes side by side: from the scores alone. */
function digits(runs: readonly RunResult[]): Picture[] {
  const [first] = runs;
  if (!first) return [];
  const at = first.evaluations.map(({ step }) => step);
  const places = [3, 2, 1];
  return [
    {
      kind: 'grid',
      name: 'digits',
      title: text('Digit by digit', '逐个数位'),
      look: text(
        'Each column is a size, the smallest on the left; each row a digit of the answer. The darker, the more often it is right. The hardest digit decides when whole answers come.',
        '每一列是一种规模，最小的在左；每一行是答案的一个数位。颜色越深，对得越多。最难的数位决定整道题什么时候会。',
      ),
      figures: ['time'],
      place: quantities.STEP,
      at,
      rows: ['100', '10', '1'],
      columns: runs.map(({ spec: { model } }) => (model.kind === 'transformer' ? String(model.width) : '')),
      panels: [
        {
          name: text('width', '宽度'),
          frames: at.map((step) =>
            levels(
              places.flatMap((place) =>
                runs.map((run) => {
                  const scores = run.evaluations.find((each) => each.step === step)?.sets.validation ?? [];
                  const values = scores.map((each) => each[`digit${place}`] ?? 0);
                  return (values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)) ** 2;
                }),
              ),
            ),
          ),
        },
      ],
    },
  ];
}

function addersOf({ runs }: Results, size: Size): RunResult[] {
  const all = DESIGNS[size].widths.flatMap((width) => runs.get(keyOf(width)) ?? []);
  return all.filter(({ spec }) => spec.task.name === 'addition' && spec.model.kind === 'transformer');
}

/** Sums, put to the model of the size at the cursor. */
const ask: Ask = {
  asking(results, size) {
    const run = addersOf(results, size).find(({ snapshots }) => snapshots?.length);
    if (!run) return undefined;
    const most = 10 ** (run.spec.task as unknown as Task).digits - 1;
    return { most: [most, most], signs: ['+', '='], usual: [34, 57] };
  },
  answer(results, size, at, [a = 0, b = 0]) {
    const run = addersOf(results, size).findLast(
      ({ parameters, snapshots }) => parameters <= at && snapshots?.length,
    );
    const snapshot = run?.snapshots?.at(-1);
    if (!run || !snapshot) return undefined;
    const { digits } = run.spec.task as unknown as Task;
    const weights = weightsOf(snapshot);
    const answered = add(run.spec.model, weights, { a, b }, digits);
    return {
      said: spelled(answered.digits),
      share: answered.shares.reduce((all, share) => all * share, 1),
      right: String(a + b),
      rightShare: shareOfSum(run.spec.model, weights, { a, b }, digits),
    };
  },
};

export const inside: Inside = {
  ask,
  pictures(results, size) {
    const adders = addersOf(results, size);
    return [...sums(adders), ...digits(adders)];
  },
};
