/** Predictions by lesson, kept in the browser where that is allowed. */
import type { Prediction } from '../../components/index.ts';

const KEY = 'scaling-lab predictions';

export function loadPrediction(lesson: string): Prediction | undefined {
  const found = all()[lesson];
  return isPrediction(found) ? found : undefined;
}

export function savePrediction(lesson: string, prediction: Prediction | undefined): void {
  const { [lesson]: _before, ...others } = all();
  try {
    localStorage.setItem(KEY, JSON.stringify(prediction ? { ...others, [lesson]: prediction } : others));
  } catch {
    // Private windows may refuse; the prediction then lasts as long as the page.
  }
}

function all(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  } catch {
    return {};
  }
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
