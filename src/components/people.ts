/** Large numbers as people of a language say them. */
import { inTens, measured, tickText } from './format.ts';
import { numbers } from './number-strings.ts';

/** In a sentence: as `measured`, and from a million on with words: 40 billion. */
export function people(value: number | undefined, digits = 3): string {
  const magnitude = Math.abs(value ?? NaN);
  if (value === undefined || !(magnitude >= 1e6 && magnitude < 1e15)) return measured(value, digits);
  return inWords(value, numbers.inSentences, digits);
}

/** @param scales powers of ten and their words, rising */
function inWords(value: number, scales: string, digits: number): string {
  const known = scales.split(', ').map((scale): [number, string] => {
    const [power = '', word = ''] = scale.split(' ');
    return [10 ** Number(power), word];
  });
  // 999,999 is 1 million, not 1,000 k.
  const rounded = Number(value.toPrecision(digits));
  const [size, word] = known.findLast(([size]) => Math.abs(rounded) >= size) ?? [1, ''];
  return `${(rounded / size).toLocaleString('en', { maximumSignificantDigits: digits })} ${word}`.trim();
}

/** All ticks of an axis: where one needs a power of ten, those from 10⁴ on have powers, too. */
export function tickTexts(values: readonly number[]): string[] {
  const isFar = values.some((value) => Math.abs(value) >= 1e9);
  return values.map((value) => {
    const magnitude = Math.abs(value);
    if (magnitude < 1e4) return tickText(value);
    return isFar ? inTens(value) : inWords(value, numbers.atAxes, 3);
  });
}
