/** Losses of one replica, as they come: four bytes each, however many millions. */

/** Written as JSON it is a list of numbers, as an ordinary array is. */
export class Losses extends Float32Array {
  toJSON(): (number | null)[] {
    return Array.from(this, (loss) => (Number.isFinite(loss) ? loss : null));
  }
}

export class LossList {
  private room: Losses;
  private count = 0;

  /**
   * @param most how many there will be, about: beyond that the room grows one by one
   * @param begun those that are there already
   */
  constructor(
    private readonly most = Infinity,
    begun: ArrayLike<number> = [],
  ) {
    this.room = new Losses(Math.max(begun.length, Math.min(most, 1024)));
    this.room.set(begun);
    this.count = begun.length;
  }

  push(loss: number): void {
    if (this.count === this.room.length) {
      const larger = new Losses(Math.max(this.count + 1, Math.min(this.most, 2 * this.count)));
      larger.set(this.room);
      this.room = larger;
    }
    this.room[this.count++] = loss;
  }

  /** What there is so far; it does not change when more come. */
  values(): Losses {
    return new Losses(this.room.buffer, 0, this.count);
  }
}
