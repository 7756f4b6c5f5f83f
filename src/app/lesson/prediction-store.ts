/** Predictions by lesson, and whether their answers wait. */
import type { Prediction } from '../../components/index.ts';
import { loadStored, saveStored } from './stored.ts';

const KEY = 'scaling-lab predictions';
const STAGES = 'scaling-lab answers';

/** `waiting` for a prediction; `predicted`, and nothing seen yet; `open`: the answer was seen. */
export type AnswerStage = 'waiting' | 'predicted' | 'open';

export function loadPrediction(lesson: string): Prediction | undefined {
  const found = loadStored(KEY, lesson);
  return isPrediction(found) ? found : undefined;
}

export function savePrediction(lesson: string, prediction: Prediction | undefined): void {
  saveStored(KEY, lesson, prediction);
}

/** @param prediction without one nothing was predicted */
export function loadStage(lesson: string, prediction: Prediction | undefined): AnswerStage {
  const stored = loadStored(STAGES, lesson);
  if (stored === 'open') return 'open';
  return stored === 'predicted' && prediction ? 'predicted' : 'waiting';
}

export function saveStage(lesson: string, stage: AnswerStage): void {
  saveStored(STAGES, lesson, stage === 'waiting' ? undefined : stage);
}

function isPrediction(value: unknown): value is Prediction {
  const { kind, points } = (value ?? {}) as Partial<Prediction>;
  return (
    ['level', 'point', 'curve'].includes(kind!) &&
    Array.isArray(points) &&
    points.length > 0 &&
    points.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite))
  );
}
