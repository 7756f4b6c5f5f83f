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
// D is taken in CHUNKS = ⌈D/TILE⌉ chunks; columns beyond D are 0.

const TILE = 32u;
const THREADS = 64u;
const CHUNKS = (D + TILE - 1u) / TILE;
const LENGTH = SEQUENCES * T;
const C = H * D;

const Q = 0u;
const K = 1u;
const V = 2u;

@group(0) @binding(0) var<storage, read> qkv: array<f32>;

// Two factors, each [k][4 rows or columns]: the left one from LEFT on, the right one from RIGHT on.
const LEFT = 0u;
const RIGHT = 256u;
var<workgroup> factors: array<vec4f, 512>;

// Number of the sequence that has this row; a workgroup's first sequence is `first`.
fn sequence_of(first: u32, row: u32) -> u32 { return min(first + min(row, LENGTH - 1u) / T, B * H - 1u); }
fn time_of(row: u32) -> u32 { return min(row, LENGTH - 1u) % T; }

fn row_exists(first: u32, row: u32) -> bool { return row < LENGTH && first + row / T < B * H; }

// Which of four queries see which of four keys: element q of vector k, or the other way round.
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

// Rows `row` to row + 3, columns d to d+3 of q, k or v.
fn load_qkv(r: u32, first: u32, row: u32, part: u32, d: u32) -> mat4x4f {
  var block = mat4x4f();
  for (var i = 0u; i < 4u; i++) {
    let at = r * QKV_STRIDE + qkv_row(first, row + i, part);
    for (var c = 0u; c < 4u; c++) { block[i][c] = select(0f, qkv[at + min(d + c, D - 1u)], d + c < D); }
  }
  return block;
}

// Puts the thread's 4 × 4 block into a factor whose k counts the block's columns …
fn stage_columns(factor: u32, thread: u32, block: mat4x4f) {
  let columns = transpose(block);
  for (var c = 0u; c < 4u; c++) { factors[factor + (thread % 8u * 4u + c) * 8u + thread / 8u] = columns[c]; }
}
// … or its rows.
fn stage_rows(factor: u32, thread: u32, block: mat4x4f) {
  for (var i = 0u; i < 4u; i++) { factors[factor + (thread / 8u * 4u + i) * 8u + thread % 8u] = block[i]; }
}

// sum + Σ left[k] ⊗ right[k] over k < depth, in ascending order.
fn multiply(before: mat4x4f, thread: u32, depth: u32) -> mat4x4f {
  var sum = before;
  let y = LEFT + thread / 8u;
  let x = RIGHT + thread % 8u;
  for (var k = y; k < y + depth * 8u; k += 8u) {
    let left = factors[k];
    let right = factors[k - y + x];
    for (var i = 0u; i < 4u; i++) { sum[i] = fma(vec4f(left[i]), right, sum[i]); }
  }
  return sum;
}
