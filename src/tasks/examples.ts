/** Tables of examples, filled row by row into typed arrays. */
import type { Examples } from './task.ts';

/**
 * Rows of a language model. `write` fills `tokens` [length + 1] with the row's text and returns the first
 * position that is scored as a target. Input t is tokens[t], target t is tokens[t + 1] or −1 before that position.
 */
export function languageRows(
  rows: number,
  length: number,
  write: (tokens: Int32Array, row: number) => number,
): Examples {
  const inputs = new Int32Array(rows * length);
  const targets = new Int32Array(rows * length);
  const tokens = new Int32Array(length + 1);
  for (let row = 0; row < rows; row++) {
    const first = write(tokens, row);
    const start = row * length;
    for (let t = 0; t < length; t++) {
      inputs[start + t] = tokens[t]!;
      targets[start + t] = t + 1 < first ? -1 : tokens[t + 1]!;
    }
  }
  return { rows, inputs, inputWidth: length, targets, targetWidth: length };
}
