/**
 * Seeded random numbers for bootstraps and posterior draws: the same table and seed give the same interval.
 * The generator is mulberry32 (32 bits of state, period 2³²), ample for some thousand draws.
 */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Uniform in (0, 1), never an end. */
  uniform(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  }

  /** Standard normal by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** χ² with `degrees` ≥ 1 degrees of freedom, by Marsaglia and Tsang (ACM TOMS 26, 2000). */
  chiSquare(degrees: number): number {
    if (degrees < 2) return this.normal() ** 2;
    const d = degrees / 2 - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = this.normal();
      const v = (1 + c * z) ** 3;
      if (v > 0 && Math.log(this.uniform()) < z ** 2 / 2 + d - d * v + d * Math.log(v)) return 2 * d * v;
    }
  }
}
