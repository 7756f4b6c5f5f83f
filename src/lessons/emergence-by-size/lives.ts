/** A hundred lives: models of a few sizes and many seeds that learn to add side by side, and what each of them answers. */
import type { MarkedRow, Picture } from '../../findings/pictures.ts';
import { rightDigits, spelled, type Sum, validationSums } from '../../inside/sums.ts';
import type { RunResult } from '../../worker/protocol.ts';
import type { PlannedItem } from '../lesson.ts';
import * as quantities from '../shared/quantities.ts';
import { grouped, same, text } from '../shared/text.ts';
import { additionSpec, DESIGNS, keyOf } from './design.ts';
import { WIDTHS } from './wall.ts';

/** Sums that each is asked. */
const ASKED = 6;
/** Sums of which only the score is kept: few, as many devices are slow. */
const EXAMINED = 64;
/** Evaluations, from the first step to the last. */
const FRAMES = 20;

type Task = Parameters<typeof validationSums>[0];

export function livesPlan(seeds: number, seed: number): PlannedItem[] {
  const design = { ...DESIGNS.small, seeds };
  return WIDTHS.map((width) => {
    const { task, ...spec } = additionSpec(width, design, seed) as { task: object };
    return {
      key: keyOf(width),
      spec: {
        ...spec,
        task: { ...task, validation: EXAMINED },
        evaluate: { every: Math.ceil(design.steps / FRAMES) },
      },
      watch: { answers: ASKED },
      beside: true,
    };
  });
}

/** The sums that the models of these runs are asked, none of which they are trained on. */
export function sumsOf([run]: readonly RunResult[]): Sum[] {
  return run ? validationSums(run.spec.task as unknown as Task, run.spec.dataSeed, ASKED) : [];
}

/** The wall, frame by frame as far as all sizes have come; nothing before the first. @param asked which of the sums */
export function wallOf(runs: readonly RunResult[], asked = 0): Picture | undefined {
  const sum = sumsOf(runs)[asked];
  const looked = runs.map(({ snapshots = [] }) => snapshots);
  const frames = Math.min(...looked.map(({ length }) => length));
  if (!sum || !Number.isFinite(frames) || frames === 0) return undefined;
  const { digits } = runs[0]!.spec.task as unknown as Task;
  const right = spelled(rightDigits(sum, digits));
  const at = looked[0]!.slice(0, frames).map(({ step }) => step);
  const rows = at.map((_, frame) =>
    runs.map(({ parameters }, i): MarkedRow => {
      const answers = looked[i]![frame]!.answers ?? [];
      return {
        parts: [
          { text: grouped(parameters), mark: 'given' },
          ...answers.map((own) => {
            const said = spelled(own[asked] ?? []);
            return { text: said, mark: said === right ? ('right' as const) : ('wrong' as const) };
          }),
        ],
      };
    }),
  );
  const greens = rows.map((frame) => frame.reduce((count, row) => count + rightIn(row), 0));
  const of = rows[0]!.reduce((count, { parts }) => count + parts.length - 1, 0);
  return {
    kind: 'rows',
    isWall: true,
    name: 'wall',
    title: same(`${sum.a} + ${sum.b} = ?`),
    look: text(
      'Each tile is a model that was never shown this sum, and what it answers now: it says the digits from right to left, each after the true ones before it. A row has one size; within it only luck differs.',
      '每一格是一个从没见过这道题的模型，写的是它现在的回答：从个位说起，每一位都是在听到前面各位的正确数字之后说的。一行是同一种规模，行内只有运气不同。',
    ),
    figures: [],
    place: quantities.STEP,
    at,
    panels: [
      {
        name: text('parameters, and one tile for each seed', '参数个数，每个种子一格'),
        frames: rows,
        reading: { label: text('green', '变绿'), values: greens },
      },
    ],
    track: {
      label: text('share of green tiles', '变绿的比例'),
      range: [0, 1],
      curves: [{ name: text('all sizes', '所有规模'), y: greens.map((count) => count / of) }],
    },
  };
}

/** How many tiles are green at the end, and how many there are. */
export function greenOf(wall: Picture): { green: number; of: number } {
  const frame = wall.kind === 'rows' ? (wall.panels[0]!.frames.at(-1) ?? []) : [];
  return frame.reduce(
    (sum, row) => ({ green: sum.green + rightIn(row), of: sum.of + row.parts.length - 1 }),
    { green: 0, of: 0 },
  );
}

const rightIn = ({ parts }: MarkedRow): number => parts.filter(({ mark }) => mark === 'right').length;
