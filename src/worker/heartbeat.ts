/**
 * Whether a worker is still there. It beats by its own timer; the page counts its own ticks, not the time: a page or a
 * computer that slept has counted nothing, and a hidden page, whose timers are held back, does not count.
 */

const BEAT = 'beat';
const EVERY_MS = 1000;
/** So many ticks without a sign of life are silence. */
const PATIENCE = 10;

/** How long a silent worker has not been heard, s. */
export const SILENT_SECONDS = (PATIENCE * EVERY_MS) / 1000;

/** In a worker: beats until it ends. Comlink leaves messages alone that have no id. */
export function beat(): void {
  setInterval(() => (self as unknown as Worker).postMessage(BEAT), EVERY_MS);
}

/** On the page: listens while something is asked of the worker. */
export class Pulse {
  private timer: ReturnType<typeof setInterval> | undefined;
  private missed = 0;
  private asked = 0;

  /** @param changed hears when the worker falls silent, and when it is heard again */
  constructor(
    private readonly worker: EventTarget,
    private readonly changed: (isSilent: boolean) => void,
  ) {
    worker.addEventListener('message', this.hear);
  }

  /** Something is asked, and listened for until the answer has come. */
  async during<T>(answer: Promise<T>): Promise<T> {
    if (this.asked++ === 0) {
      this.missed = 0;
      this.timer = setInterval(() => this.tick(), EVERY_MS);
    }
    try {
      return await answer;
    } finally {
      if (--this.asked === 0) this.stop();
    }
  }

  /** Nothing more is expected of it. */
  end(): void {
    this.stop();
    this.worker.removeEventListener('message', this.hear);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.hear();
  }

  private tick(): void {
    if (typeof document !== 'undefined' && document.hidden) return;
    if (++this.missed === PATIENCE) this.changed(true);
  }

  private readonly hear = (): void => {
    const wasSilent = this.missed >= PATIENCE;
    this.missed = 0;
    if (wasSilent) this.changed(false);
  };
}
