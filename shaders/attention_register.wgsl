// What attention's kernels share where each thread keeps all that it needs to itself: the layout of qkv, and 4 × 4 blocks.
//
//   qkv  [R, B, T, 3C]  q | k | v side by side, each C = H · D wide; head h has columns h·D to (h+1)·D
//
// Made for adapters that compute on the CPU and whose subgroups are not 8 wide: a barrier costs as much there as a
// hundred multiplications, and both sides of a branch are gone through, but no round of a loop that no thread needs. A
// sequence is one head of one example. A thread owns 4 neighbouring rows of a sequence and goes through 4 other rows at
// a time; its neighbour owns the same rows of the next sequence, so that both go equally far. Rows beyond the last
// repeat it.
//
// Lane is vec4f, vec2f or f32, whichever D is a multiple of; CHUNKS = D / lane: indices and strides count lanes.

const THREADS = 64u;
const BLOCKS = (T + 3u) / 4u;
const SEQUENCES = B * H;
const C_LANES = H * CHUNKS;

const Q = 0u;
const K = 1u;
const V = 2u;

@group(0) @binding(0) var<storage, read> qkv: array<Lane>;

// Indices of the first lanes of rows t to t + 3 in qkv or dqkv, and in out or dout, without the replica.
fn qkv_rows(sequence: u32, t: u32, part: u32) -> vec4u {
  let first = sequence / H * T * (3u * C_LANES) + part * C_LANES + sequence % H * CHUNKS;
  return first + times(t) * (3u * C_LANES);
}
fn out_rows(sequence: u32, t: u32) -> vec4u {
  return sequence / H * T * C_LANES + sequence % H * CHUNKS + times(t) * C_LANES;
}
fn times(t: u32) -> vec4u { return min(t + vec4u(0u, 1u, 2u, 3u), vec4u(T - 1u)); }

// CHUNKS, but unknown to the compiler: unrolled, the loops over the lanes of a row take it seconds.
fn chunks() -> u32 { return select(CHUNKS, 0u, arrayLength(&qkv) == 0u); }

// Four lanes of qkv, a row each.
fn qkv_block(at: vec4u) -> mat4x4f {
  return mat4x4f(wide(qkv[at.x]), wide(qkv[at.y]), wide(qkv[at.z]), wide(qkv[at.w]));
}

// Products of two blocks of rows: sum[i][j] + a[i] · b[j], of their transposes.
fn add_products(sum: mat4x4f, a: mat4x4f, b: mat4x4f) -> mat4x4f {
  let first = add_outer(sum, a[0], b[0]);
  if (LANE == 1u) { return first; }
  let second = add_outer(first, a[1], b[1]);
  if (LANE == 2u) { return second; }
  return add_outer(add_outer(second, a[2], b[2]), a[3], b[3]);
}

// Sums of rows: sum[i] + Σ_j weights[j][i] rows[j].
fn add_weighted(sum: mat4x4f, weights: mat4x4f, rows: mat4x4f) -> mat4x4f {
  let half = add_outer(add_outer(sum, weights[0], rows[0]), weights[1], rows[1]);
  return add_outer(add_outer(half, weights[2], rows[2]), weights[3], rows[3]);
}
