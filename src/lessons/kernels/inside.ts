/** The inside of kernels: which numbers a product reads, and how often. It is the same on every device. */
import { levels, type Picture } from '../../findings/pictures.ts';
import { loads, reads } from '../../inside/tiles.ts';
import type { Inside } from '../inside.ts';
import { same, text } from '../shared/text.ts';

const N = 16;
const TILES = [1, 4, 8];

export const inside: Inside = {
  pictures(): Picture[] {
    const at = Array.from({ length: N + 1 }, (_, k) => k);
    return [
      {
        kind: 'grid',
        name: 'tiles',
        title: text('What is read', '读了什么'),
        look: text(
          `The left matrix of a product of two ${N} × ${N} matrices: the darker a number, the more often it was read from memory in k steps of the sum. Threads that share a tile read each number once for all of them.`,
          `两个 ${N} × ${N} 矩阵相乘时左边的矩阵：一个数越深，求和的 k 步里从内存读它的次数越多。共用一块的线程，每个数只为大家读一次。`,
        ),
        figures: [],
        place: same('k'),
        at,
        rows: Array.from({ length: N }, () => ''),
        columns: Array.from({ length: N }, () => ''),
        panels: TILES.map((tile) => ({
          name: tile === 1 ? text('naive', '朴素') : same(`${tile} × ${tile}`),
          frames: at.map((k) => levels(reads(N, tile, k).map((count) => (count / N) ** 2))),
          reading: { label: text('loads', '读取次数'), values: at.map((k) => loads(N, tile, k)) },
        })),
      },
    ];
  },
};
