/**
 * The one run or experiment that a page has open in the lab. Events may come before the lab has answered with its number:
 * commands wait for that number. Events of something that was closed, or replaced by a later opening, are dropped.
 */

interface Opening {
  /** the number that the lab gave it */
  id: Promise<number>;
  isOpen: boolean;
}

export class Opened {
  private current: Opening | undefined;

  constructor(private readonly free: (id: number) => Promise<void>) {}

  /**
   * Opens something in the place of what is open. False when it was overtaken.
   * @throws what `open` throws
   */
  async open<Event>(
    open: (listener: (event: Event) => void) => Promise<number>,
    hear: (event: Event) => void,
  ): Promise<boolean> {
    const closed = this.close();
    const isCurrent = (): boolean => this.current === opening;
    const begin = async (): Promise<number> => {
      await closed;
      if (!isCurrent()) throw new Error('Something else was opened meanwhile.');
      const id = await open((event) => isCurrent() && hear(event));
      if (!isCurrent()) await this.free(id);
      opening.isOpen = true;
      return id;
    };
    const opening: Opening = { id: begin(), isOpen: false };
    this.current = opening;
    try {
      await opening.id;
      return isCurrent();
    } catch (error) {
      if (isCurrent()) throw error;
      return false;
    }
  }

  /** Nothing when it is closed before the answer. @throws what `question` or `open` throws */
  async ask<T>(question: (id: number) => Promise<T>): Promise<T | undefined> {
    const { current } = this;
    if (!current) return undefined;
    try {
      const answer = await question(await current.id);
      return this.current === current ? answer : undefined;
    } catch (error) {
      if (this.current === current) throw error;
      return undefined;
    }
  }

  /** Ends when it is freed; what is still being opened is freed when it is. */
  async close(): Promise<void> {
    const { current } = this;
    this.current = undefined;
    if (current?.isOpen) await current.id.then(this.free).catch(() => undefined);
  }
}
