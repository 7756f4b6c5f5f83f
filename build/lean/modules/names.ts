/** Figures have their names in the legend. */
export class Names {
  readonly placed: ReadonlySet<string> = new Set();

  draw(): void {
    // Nothing stands on the plot.
  }
}
