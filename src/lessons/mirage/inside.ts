/** The inside of mirage: sheets of ten questions, really put to each size. Ticks come one by one, whole sheets at once. */
import type { MarkedRow, Picture } from '../../findings/pictures.ts';
import { exam, examine } from '../../inside/exam.ts';
import { weightsOf } from '../../inside/weights.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { Inside } from '../inside.ts';
import * as quantities from '../shared/quantities.ts';
import { text } from '../shared/text.ts';
import { keyOf, WIDTHS } from './design.ts';
import { QUESTIONS } from './measured.ts';

const SHEETS = 8;
/** Ranks of the facts that are asked for. */
const RANKS = [101, 300] as const;

type Task = Parameters<typeof exam>[0];

const sheets = new WeakMap<RunResult, MarkedRow[]>();

/** Each sheet with a tick or a cross for each question; questions lie far apart on the ranks. */
function sheetsOf(run: RunResult): MarkedRow[] {
  const known = sheets.get(run);
  if (known) return known;
  const snapshot = run.snapshots!.at(-1)!;
  const questions = exam(run.spec.task as unknown as Task, RANKS, SHEETS * QUESTIONS);
  const right = examine(run.spec.model, weightsOf(snapshot), questions);
  const rows = Array.from({ length: SHEETS }, (_, sheet): MarkedRow => {
    const own = Array.from({ length: QUESTIONS }, (_, i) => right[i * SHEETS + sheet]!);
    return {
      parts: own.map((isRight) => ({ text: isRight ? '✓' : '✗', mark: isRight ? 'right' : 'wrong' })),
      ...(own.every(Boolean) && { mark: 'right' as const }),
    };
  });
  sheets.set(run, rows);
  return rows;
}

export const inside: Inside = {
  pictures({ runs }): Picture[] {
    const models = WIDTHS.flatMap((width) => {
      const run = runs.get(keyOf(width));
      return run?.snapshots?.length && run.outcome === 'finished' && run.spec.model.kind === 'mlp'
        ? [{ width, run, rows: sheetsOf(run) }]
        : [];
    });
    if (!models.length) return [];
    const ticks = models.map(
      ({ rows }) => rows.flatMap(({ parts }) => parts).filter(({ mark }) => mark === 'right').length,
    );
    const passed = models.map(({ rows }) => rows.filter(({ mark }) => mark === 'right').length);
    return [
      {
        kind: 'rows',
        name: 'sheets',
        title: text('The exam sheets', '试卷'),
        look: text(
          `Each line is an exam of ${QUESTIONS} questions, answered by the size at the cursor; it is passed, and green, when all are right. Ticks come one by one, green lines all at once.`,
          `每一行是一张 ${QUESTIONS} 题的试卷，由光标处的规模作答；全对才算通过，变成绿色。勾是一个一个来的，绿行却一下子来。`,
        ),
        untrained: text(
          'A model that has learned nothing guesses among 64 values: a tick in 64.',
          '什么都没学到的模型在 64 个值里猜：64 个里一个勾。',
        ),
        figures: ['metrics', 'exams', 'loss'],
        place: quantities.WIDTH,
        at: models.map(({ width }) => width),
        panels: [
          {
            name: text(`${SHEETS} sheets`, `${SHEETS} 张试卷`),
            frames: models.map(({ rows }) => rows),
            reading: { label: text('passed', '通过'), values: passed },
          },
        ],
        track: {
          label: text('share right', '答对的比例'),
          range: [0, 1],
          curves: [
            { name: text('questions', '单题'), y: ticks.map((count) => count / (SHEETS * QUESTIONS)) },
            { name: text('whole sheets', '整张'), isControl: true, y: passed.map((count) => count / SHEETS) },
          ],
        },
      },
    ];
  },
};
