/** A progress bar on standard error, for people; silent where that is no terminal. */

const WIDTH = 24;
const EVERY_MS = 100;

export class ProgressBar {
  private drawnAt = 0;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** @param fraction done, 0 to 1 */
  show(fraction: number, text: string): void {
    const now = performance.now();
    if (!this.stream.isTTY || (now - this.drawnAt < EVERY_MS && fraction < 1)) return;
    this.drawnAt = now;
    const full = Math.round(WIDTH * fraction);
    this.stream.write(`\r\x1b[2K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
  }

  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[2K');
  }
}

/** Nothing is left to do but a run that another process trains. */
export function sayWaiting(run: string): void {
  console.error(`Another process trains ${run}: waiting for its result.`);
}
