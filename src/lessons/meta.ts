/**
 * What a lesson's `meta.ts` says of it, for lists that load no experiment: `place` in the path (in tens, so that one
 * can come between; its hundred is its group in path.ts), `title`, `sketch`, `cost`. Each is an export of its own, so that a page which needs the
 * places alone ships nothing else.
 */

export interface Cost {
  /** training FLOPs of all runs */
  flops: Record<'small' | 'standard', number>;
  /**
   * what a recorded run took at standard size, s: on a GPU, on a software GPU; scaled by the FLOPs where the plan has changed
   * and it was not recorded there again
   */
  recorded: Record<'gpu' | 'software', number>;
}

/**
 * A small drawing, 132 × 44, of what is given before the run: strokes in the colours of tokens.css, by their meaning. `ask` is
 * where the answer goes: left, top, width, height.
 */
export type Sketch = [kind: 'line' | 'dash' | 'dots' | 'bars' | 'ask', color: string, path: string][];
