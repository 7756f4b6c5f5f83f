// What attention's kernels share: the layout of qkv, and products of tiles of 32 × 32 in workgroup memory.
//
//   qkv  [R, B, T, 3C]  q | k | v side by side, each C = H · D wide; head h has columns h·D to (h+1)·D
//
// A sequence is one head of one example; there are B · H of them per replica. A workgroup has a tile of TILE (32)
// rows of one sequence, or of as many short sequences (T ≤ 16) as fit, one behind the other: SEQUENCES of them, with
// LENGTH = SEQUENCES · T rows. `row` counts these rows: it is row % T of sequence row / T. What would lie beyond the
// last repeats it and is never stored.
//
// Of a tile's product, thread 8·y + x holds rows 4y to 4y+3 and columns 4x to 4x+3, as four vectors (rows).
// D is taken in CHUNKS = ⌈D/TILE⌉ chunks.

const TILE = 32u;
const THREADS = 64u;
const CHUNKS = (D + TILE - 1u) / TILE;
const LENGTH = SEQUENCES * T;
const C = H * D;

const Q = 0u;
const K = 1u;
const V = 2u;

@group(0) @binding(0) var<storage, read> qkv: array<f32>;

// Two factors, [k][4 rows or columns]: the left one from LEFT on, the right one from RIGHT on. A ninth vector in each
// row keeps the rows in different banks.
const ROW = TILE / 4u + 1u;
const LEFT = 0u;
const RIGHT = TILE * ROW;
var<workgroup> factors: array<vec4f, 2u * TILE * ROW>;

// Where a row is, in a workgroup whose first sequence is `first`.
fn sequence_of(first: u32, row: u32) -> u32 {
  if (SEQUENCES == 1u) { return first; }
  return min(first + min(row, LENGTH - 1u) / T, B * H - 1u);
}
fn time_of(row: u32) -> u32 {
  if (SEQUENCES == 1u) { return min(row, T - 1u); }
  return min(row, LENGTH - 1u) % T;
}
fn rows_exist(first: u32, rows: vec4u) -> vec4<bool> {
  return (rows < vec4u(LENGTH)) & (first + rows / T < vec4u(B * H));
}

// Which queries see which keys: those of their own sequence, up to themselves.
fn sees(queries: vec4u, keys: vec4u) -> vec4<bool> {
  return (keys <= queries) & (keys >= queries / T * T);
}

// Index of the first column of a row in qkv or dqkv, in out or dout, and in lse, without the replica.
fn qkv_row(first: u32, row: u32, part: u32) -> u32 {
  let sequence = sequence_of(first, row);
  return (sequence / H * T + time_of(row)) * (3u * C) + part * C + sequence % H * D;
}
fn out_row(first: u32, row: u32) -> u32 {
  let sequence = sequence_of(first, row);
  return (sequence / H * T + time_of(row)) * C + sequence % H * D;
}
fn lse_row(first: u32, row: u32) -> u32 { return sequence_of(first, row) * T + time_of(row); }

// q, k or v: column d of rows `row` to row + 3, or columns d to d+3 of a row.
fn qkv_column(r: u32, first: u32, row: u32, part: u32, d: u32) -> vec4f {
  let i = r * QKV_STRIDE + min(d, D - 1u);
  return vec4f(
    qkv[i + qkv_row(first, row, part)],
    qkv[i + qkv_row(first, row + 1u, part)],
    qkv[i + qkv_row(first, row + 2u, part)],
    qkv[i + qkv_row(first, row + 3u, part)],
  );
}
fn qkv_columns(r: u32, first: u32, row: u32, part: u32, d: u32) -> vec4f {
  let i = r * QKV_STRIDE + qkv_row(first, row, part);
  return vec4f(
    qkv[i + min(d, D - 1u)],
    qkv[i + min(d + 1u, D - 1u)],
    qkv[i + min(d + 2u, D - 1u)],
    qkv[i + min(d + 3u, D - 1u)],
  );
}

// Makes the thread's 4 × 4 block of a product part of the left factor of the next: its columns become k.
fn stage_block(thread: u32, block: mat4x4f) {
  let columns = transpose(block);
  let at = LEFT + thread % 8u * 4u * ROW + thread / 8u;
  factors[at] = columns[0];
  factors[at + ROW] = columns[1];
  factors[at + 2u * ROW] = columns[2];
  factors[at + 3u * ROW] = columns[3];
}

// Σ left[k] ⊗ right[k] over k < depth, in ascending order.
fn multiply(thread: u32, depth: u32) -> mat4x4f {
  var sum = mat4x4f();
  let y = LEFT + thread / 8u;
  let x = RIGHT + thread % 8u;
  var k = 0u;
  if (D % 4u == 0u && LENGTH % 4u == 0u) { // and so are all depths
    for (; k < depth; k += 4u) {
      sum = add_outer(sum, factors[y + k * ROW], factors[x + k * ROW]);
      sum = add_outer(sum, factors[y + (k + 1u) * ROW], factors[x + (k + 1u) * ROW]);
      sum = add_outer(sum, factors[y + (k + 2u) * ROW], factors[x + (k + 2u) * ROW]);
      sum = add_outer(sum, factors[y + (k + 3u) * ROW], factors[x + (k + 3u) * ROW]);
    }
  }
  for (; k < depth; k++) { sum = add_outer(sum, factors[y + k * ROW], factors[x + k * ROW]); }
  return sum;
}
