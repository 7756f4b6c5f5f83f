/** Pictures of the first page: of the idea, not of a run. */
import type { Scatter, Surface } from '../components/index.ts';

const SIZE = 64;
const CLASSES = 2;
/** The picture reaches from −EXTENT to EXTENT; the spirals end at RADIUS. */
export const EXTENT = 2.3;
const RADIUS = 2;

/** Two spirals of one turn. */
export function spiralPoints(rows = 150): Scatter {
  const positions: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < rows; i++) {
    const along = Math.sqrt((i + 0.5) / rows);
    const angle = 2 * Math.PI * (along + (i % CLASSES) / CLASSES);
    // A fixed scatter that looks like chance.
    const stray = (salt: number): number => {
      const large = Math.sin(12.9898 * i + 78.233 * salt) * 43758.5453;
      return 0.28 * (large - Math.floor(large) - 0.5);
    };
    positions.push(RADIUS * along * Math.cos(angle) + stray(1), RADIUS * along * Math.sin(angle) + stray(2));
    labels.push(i % CLASSES);
  }
  return { positions, labels };
}

/** How a network might come to see them; `progress` from 0 (unsure) to 1 (settled). */
export function spiralSurface(progress: number): Surface {
  const values = new Float32Array(SIZE * SIZE * CLASSES);
  const at = (i: number): number => EXTENT * ((2 * i + 1) / SIZE - 1);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const [x, y] = [at(column), -at(row)];
      const radius = Math.hypot(x, y);
      // The winding grows with the progress, as a network finds the outer arms last.
      const wound = Math.PI * radius * Math.min(1, 0.25 + progress);
      const score = Math.cos(Math.atan2(y, x) - wound) * (0.4 + 7 * progress) * Math.min(1, radius / 0.5);
      const p = 1 / (1 + Math.exp(-score));
      const cell = CLASSES * (row * SIZE + column);
      values[cell] = p;
      values[cell + 1] = 1 - p;
    }
  }
  return { size: SIZE, outputs: CLASSES, values };
}

/** A path that falls in stairs through a box of width × height, from the top quarter to near `floor`. */
export function stairs(width: number, top: number, floor: number): string {
  const levels = [1, 0.64, 0.47, 0.21, 0.03];
  const falls = [0.06, 0.22, 0.46, 0.72];
  const points: string[] = [];
  for (let i = 0; i <= 120; i++) {
    const t = i / 120;
    let level = levels[0]!;
    falls.forEach((fall, k) => {
      level += (levels[k + 1]! - levels[k]!) / (1 + Math.exp(-(t - fall) * (60 - 9 * k)));
    });
    const tremble = 0.012 * Math.sin(57 * t) * Math.sin(131 * t);
    points.push(`${(width * t).toFixed(1)} ${(floor - (level + tremble) * (floor - top)).toFixed(1)}`);
  }
  return `M${points.join('L')}`;
}
