/** What a lesson shows of the inside: pure functions from its results, loaded when it is looked at. */
import { type Picture, type RecordedPictures } from '../findings/pictures.ts';
import type { Ask, NamedPart } from './inside-ask.ts';
import type { Results, Size } from './lesson.ts';

export interface Inside {
  /**
   * What can be shown of the results so far: none where nothing can, never an error.
   * @param without the part that is taken out, by its value
   */
  pictures(results: Results, size: Size, without?: string): Picture[];
  /** what a reader may ask the models, where weights are there that can answer */
  ask?: Ask;
  /** what a reader may take out of them */
  parts?(results: Results, size: Size): NamedPart[];
}

/** Digits of recorded numbers: more cannot be seen. */
const DIGITS = 3;
/** Frames of a recorded picture that has many numbers in each. */
const MOST_FRAMES = { points: 24, grid: 10, bars: 24, rows: 12, lines: 24 } as const;

/** Pictures as they travel with a recording: fewer frames, and rounded. */
export function makePictures(
  inside: Inside,
  results: Results,
  about: Omit<RecordedPictures, 'pictures'>,
): RecordedPictures {
  const pictures = inside.pictures(results, about.size).map(thinned);
  const rounded = JSON.parse(
    JSON.stringify(pictures, (_key, value: unknown) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value,
    ),
  ) as Picture[];
  return { ...about, pictures: rounded };
}

/** A picture with at most so many frames, the first and the last among them; of a track likewise. */
function thinned(picture: Picture): Picture {
  const most = MOST_FRAMES[picture.kind];
  const { length } = picture.at;
  if (length <= most) return picture;
  const kept = Array.from({ length: most }, (_, i) => Math.round((i * (length - 1)) / (most - 1)));
  const pick = <T>(values: readonly T[]): T[] => kept.map((i) => values[i]!);
  const panels = picture.panels.map((panel) => ({
    ...panel,
    frames: pick<unknown>(panel.frames),
    ...('turns' in panel && { turns: pick(panel.turns) }),
    ...(panel.reading && { reading: { ...panel.reading, values: pick(panel.reading.values) } }),
  }));
  const { track } = picture;
  const curves = track?.curves.map((curve) => ({ ...curve, y: pick(curve.y) }));
  return {
    ...picture,
    at: pick(picture.at),
    panels,
    ...(track && curves && { track: { ...track, curves } }),
  } as Picture;
}
