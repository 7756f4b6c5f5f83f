/**
 * The product as a device computes it: 4 × 4 sums at a time stay in registers, of factors that were packed before, four
 * rows of A and four columns of B side by side. Packed, transposed factors are as good as others.
 */
import type { Floats } from './arrays.ts';
import type { ProductShape } from './matmul.ts';

const BLOCK = 4;

/** Double precision spares the inner loop conversions; both grow as they must. */
let packedA = new Float64Array(0);
let packedB = new Float64Array(0);

/** Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k. */
export function blockedProduct(a: Floats, b: Floats, y: Floats, shape: ProductShape): void {
  const { m, n, k, transposeA = false, transposeB = false } = shape;
  packedA = withRoom(packedA, BLOCK * k);
  packedB = withRoom(packedB, BLOCK * Math.ceil(n / BLOCK) * k);
  for (let j = 0; j < n; j += BLOCK) pack(b, packedB, j * k, j, n, k, transposeB);
  for (let i = 0; i < m; i += BLOCK) {
    pack(a, packedA, 0, i, m, k, !transposeA);
    for (let j = 0; j < n; j += BLOCK) block(packedA, packedB, y, m, n, k, i, j);
  }
}

/** The array, or a larger one. */
function withRoom(array: Float64Array<ArrayBuffer>, elements: number): Float64Array<ArrayBuffer> {
  return array.length >= elements ? array : new Float64Array(elements);
}

/**
 * Lines first to first + 3 of `count`, each of k values, as packed[at + 4 l + i]; lines beyond the last repeat it.
 * @param inRows a line is a row of k neighbours; else a column of [k, count]
 */
function pack(
  from: Floats,
  packed: Float64Array,
  at: number,
  first: number,
  count: number,
  k: number,
  inRows: boolean,
): void {
  const [line, next] = inRows ? [k, 1] : [1, count];
  let a = first * line;
  let b = Math.min(first + 1, count - 1) * line;
  let c = Math.min(first + 2, count - 1) * line;
  let d = Math.min(first + 3, count - 1) * line;
  for (let end = at + BLOCK * k; at < end; at += BLOCK) {
    packed[at] = from[a]!;
    packed[at + 1] = from[b]!;
    packed[at + 2] = from[c]!;
    packed[at + 3] = from[d]!;
    a += next;
    b += next;
    c += next;
    d += next;
  }
}

/** Outputs (i … i + 3, j … j + 3), as far as there are. */
function block(
  a: Float64Array,
  b: Float64Array,
  y: Floats,
  m: number,
  n: number,
  k: number,
  i: number,
  j: number,
): void {
  let [y00, y01, y02, y03] = [0, 0, 0, 0];
  let [y10, y11, y12, y13] = [0, 0, 0, 0];
  let [y20, y21, y22, y23] = [0, 0, 0, 0];
  let [y30, y31, y32, y33] = [0, 0, 0, 0];
  for (let p = 0, q = j * k, end = BLOCK * k; p < end; p += BLOCK, q += BLOCK) {
    const b0 = b[q]!;
    const b1 = b[q + 1]!;
    const b2 = b[q + 2]!;
    const b3 = b[q + 3]!;
    let x = a[p]!;
    y00 += x * b0;
    y01 += x * b1;
    y02 += x * b2;
    y03 += x * b3;
    x = a[p + 1]!;
    y10 += x * b0;
    y11 += x * b1;
    y12 += x * b2;
    y13 += x * b3;
    x = a[p + 2]!;
    y20 += x * b0;
    y21 += x * b1;
    y22 += x * b2;
    y23 += x * b3;
    x = a[p + 3]!;
    y30 += x * b0;
    y31 += x * b1;
    y32 += x * b2;
    y33 += x * b3;
  }
  const columns = n - j;
  const rows = m - i;
  let at = i * n + j;
  store(y, at, columns, y00, y01, y02, y03);
  if (rows > 1) store(y, (at += n), columns, y10, y11, y12, y13);
  if (rows > 2) store(y, (at += n), columns, y20, y21, y22, y23);
  if (rows > 3) store(y, at + n, columns, y30, y31, y32, y33);
}

function store(y: Floats, at: number, columns: number, a: number, b: number, c: number, d: number): void {
  y[at] = a;
  if (columns > 1) y[at + 1] = b;
  if (columns > 2) y[at + 2] = c;
  if (columns > 3) y[at + 3] = d;
}
