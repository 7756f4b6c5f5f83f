/** From a lesson's pictures to what the element of the inside draws: the same, in the words of the language. */
import type { InsidePicture } from '../components/inside/picture.ts';
import type { Text } from '../findings/findings.ts';
import type { Picture } from '../findings/pictures.ts';
import { say } from './series.ts';

type Said<T> = T extends Text
  ? string
  : T extends readonly unknown[]
    ? { [K in keyof T]: Said<T[K]> }
    : T extends object
      ? { [K in keyof T]: Said<T[K]> }
      : T;

/** Frames of numbers are passed through as they are: there are many, and nothing in them is said. */
export function saidPicture(picture: Picture): InsidePicture {
  const { panels, ...rest } = picture;
  const said = panels.map((panel) => ({
    ...panel,
    name: say(panel.name),
    ...(panel.reading && { reading: { ...panel.reading, label: say(panel.reading.label) } }),
  }));
  return { ...(sayAll(rest) as object), panels: said } as unknown as InsidePicture;
}

function sayAll<T>(value: T): Said<T> {
  if (Array.isArray(value)) return value.map(sayAll) as Said<T>;
  if (typeof value !== 'object' || value === null) return value as Said<T>;
  if (isText(value)) return say(value) as Said<T>;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sayAll(inner)])) as Said<T>;
}

const isText = (value: object): value is Text => 'en' in value && 'zh' in value;
