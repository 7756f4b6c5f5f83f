/**
 * Waves in the weights of a network that adds modulo p: how much of each neuron lies in one wave, and the circle on which
 * the numbers then stand. Nanda et al. 2023, arXiv:2301.05217; Gromov 2023, arXiv:2301.02679.
 */

/** Weights from p numbers to h neurons, row-major [p, h]. */
export interface Table {
  numbers: number;
  neurons: number;
  values: ArrayLike<number>;
}

/** Real Fourier coefficients of one neuron over the numbers, of the waves 1 … (p − 1)/2; its mean, wave 0, is left out. */
interface Spectrum {
  /** |F_k|² */
  powers: Float64Array;
  /** the strongest wave */
  wave: number;
  /** the power of all waves */
  total: number;
}

export interface Circle {
  /** k, the strongest wave of the second table */
  wave: number;
  /** how many neurons have it */
  neurons: number;
  /** where each number stands, [p][x, y]; a number's own place would be at the angle 2πka/p */
  places: [x: number, y: number][];
  /** |mean of e^{i(angle − 2πka/p)}|: 1 where all stand on their places, about 1/√p where they stand anywhere */
  order: number;
}

/** cos and sin of 2πn/p for n below p. */
function turns(p: number): { cos: Float64Array; sin: Float64Array } {
  const angle = (n: number): number => (2 * Math.PI * n) / p;
  return {
    cos: Float64Array.from({ length: p }, (_, n) => Math.cos(angle(n))),
    sin: Float64Array.from({ length: p }, (_, n) => Math.sin(angle(n))),
  };
}

function spectra({ numbers: p, neurons, values }: Table): Spectrum[] {
  const { cos, sin } = turns(p);
  const waves = (p - 1) >> 1;
  return Array.from({ length: neurons }, (_, neuron) => {
    const powers = new Float64Array(waves + 1);
    let [wave, total] = [1, 0];
    for (let k = 1; k <= waves; k++) {
      let [re, im] = [0, 0];
      for (let a = 0; a < p; a++) {
        const weight = values[a * neurons + neuron]!;
        re += weight * cos[(k * a) % p]!;
        im += weight * sin[(k * a) % p]!;
      }
      powers[k] = re * re + im * im;
      total += powers[k]!;
      if (powers[k]! > powers[wave]!) wave = k;
    }
    return { powers, wave, total };
  });
}

/** The mean over the neurons of the share of a neuron's power that lies in its strongest wave. */
export function waveShare(table: Table): number {
  const all = spectra(table);
  return all.reduce((sum, { powers, wave, total }) => sum + powers[wave]! / total, 0) / all.length;
}

/** The strongest wave of each neuron. */
export const strongestWaves = (table: Table): number[] => spectra(table).map(({ wave }) => wave);

/**
 * The numbers as the first table places them, in the plane of the strongest wave of the second: a plane that is fitted to
 * what it shows finds a circle in anything. For the same reason the plane is fitted on the even numbers and places the odd
 * ones, and the other way round.
 */
export function circle(first: Table, second: Table): Circle {
  const { numbers: p, neurons } = first;
  const strengths = new Float64Array(p);
  const waves = spectra(second);
  for (const { powers, wave } of waves) strengths[wave]! += powers[wave]!;
  const wave = strengths.reduce((best, strength, k) => (strength > strengths[best]! ? k : best), 1);
  const own = waves.flatMap((each, neuron) => (each.wave === wave ? [neuron] : []));
  const { cos, sin } = turns(p);
  const means = own.map((neuron) => {
    let sum = 0;
    for (let a = 0; a < p; a++) sum += first.values[a * neurons + neuron]!;
    return sum / p;
  });
  const vector = (a: number): number[] =>
    own.map((neuron, i) => first.values[a * neurons + neuron]! - means[i]!);
  const places = new Array<[number, number]>(p);
  for (const parity of [0, 1]) {
    const fitted = Array.from({ length: p }, (_, a) => a).filter((a) => a % 2 === parity);
    const plane = planeOf(fitted, vector, (a) => [cos[(wave * a) % p]!, sin[(wave * a) % p]!]);
    for (let a = 1 - parity; a < p; a += 2) places[a] = placed(vector(a), plane);
  }
  let [re, im] = [0, 0];
  places.forEach(([x, y], a) => {
    const length = Math.hypot(x, y) || 1;
    const [c, s] = [cos[(wave * a) % p]!, sin[(wave * a) % p]!];
    re += (x * c + y * s) / length;
    im += (y * c - x * s) / length;
  });
  return { wave, neurons: own.length, places, order: Math.hypot(re, im) / p };
}

/** The two directions among the neurons of which vector(a) ≈ cos · c + sin · s, by least squares over some numbers. */
function planeOf(
  numbers: readonly number[],
  vector: (a: number) => number[],
  turn: (a: number) => readonly [cos: number, sin: number],
): [c: number[], s: number[]] {
  let [cc, cs, ss] = [0, 0, 0];
  const size = vector(0).length;
  const [xc, xs] = [new Array<number>(size).fill(0), new Array<number>(size).fill(0)];
  for (const a of numbers) {
    const [c, s] = turn(a);
    cc += c * c;
    cs += c * s;
    ss += s * s;
    vector(a).forEach((x, i) => {
      xc[i]! += x * c;
      xs[i]! += x * s;
    });
  }
  const determinant = cc * ss - cs * cs;
  return [
    xc.map((x, i) => (ss * x - cs * xs[i]!) / determinant),
    xs.map((x, i) => (cc * x - cs * xc[i]!) / determinant),
  ];
}

/** The coordinates in a plane that are nearest to a vector. */
function placed(vector: readonly number[], [c, s]: [number[], number[]]): [x: number, y: number] {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const [cc, cs, ss, vc, vs] = [dot(c, c), dot(c, s), dot(s, s), dot(vector, c), dot(vector, s)];
  const determinant = cc * ss - cs * cs || 1;
  return [(ss * vc - cs * vs) / determinant, (cc * vs - cs * vc) / determinant];
}
