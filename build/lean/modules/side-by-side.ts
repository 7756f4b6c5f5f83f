/** Figures train one run after the other. */
import type * as Full from '../../../src/training/plan/side-by-side.ts';

export class SideBySide implements Pick<Full.SideBySide, keyof Full.SideBySide> {
  takes = (): boolean => false;
  enter = (): void => undefined;
  leave = (): void => undefined;
  reached = (): Promise<void> => Promise.resolve();
}
