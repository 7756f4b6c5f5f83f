/** Predictions by lesson. */
import type { Prediction } from '../../components/index.ts';
import { loadStored, saveStored } from './stored.ts';

const KEY = 'scaling-lab predictions';

export function loadPrediction(lesson: string): Prediction | undefined {
  const found = loadStored(KEY, lesson);
  return isPrediction(found) ? found : undefined;
}

export function savePrediction(lesson: string, prediction: Prediction | undefined): void {
  saveStored(KEY, lesson, prediction);
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
