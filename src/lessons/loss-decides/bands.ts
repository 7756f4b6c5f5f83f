/** Abilities of loss-decides: facts by rank, popular ones first. */
import type { Text } from '../lesson.ts';
import { grouped, text } from '../shared/text.ts';

export const BANDS = ['ranks101to300', 'ranks301to1000', 'ranks1001to3000'] as const;
export type Band = (typeof BANDS)[number];

const ends = (band: Band): [number, number] =>
  band.replace('ranks', '').split('to').map(Number) as [number, number];

export function bandName(band: Band): Text {
  const [first, last] = ends(band);
  return text(`ranks ${grouped(first)} to ${grouped(last)}`, `第 ${grouped(first)} 至 ${grouped(last)} 名`);
}

/** 101–300 */
export const bandRange = (band: Band): string => ends(band).join('–');
