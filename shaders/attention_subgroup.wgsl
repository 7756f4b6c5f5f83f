// What attention's kernels share where subgroups have 8 threads: the layout of qkv, and broadcasts.
//
//   qkv  [R, B, T, 3C]  q | k | v side by side, each C = H · D wide; head h has columns h·D to (h+1)·D
//
// Made for adapters that compute on the CPU, as matmul_subgroup.wgsl: a load costs as much there as twenty
// multiplications and a barrier more, while a broadcast is almost free. A sequence is one head of one example. A
// workgroup is one subgroup; each thread owns one of 8 neighbouring rows of a sequence and goes through 8 other rows
// at a time, of which it loads one and gets the others from its neighbours. Rows beyond the last repeat it.
//
// Lane is vec4f, vec2f or f32, whichever D is a multiple of; CHUNKS = D / lane: indices and strides count lanes.

const THREADS = 8u;
const BLOCKS = (T + THREADS - 1u) / THREADS;
const C_LANES = H * CHUNKS;

const Q = 0u;
const K = 1u;
const V = 2u;

@group(0) @binding(0) var<storage, read> qkv: array<Lane>;

// Index of the first lane of a row in qkv or dqkv, and in out or dout, without the replica.
fn qkv_row(sequence: u32, t: u32, part: u32) -> u32 {
  return (sequence / H * T + min(t, T - 1u)) * (3u * C_LANES) + part * C_LANES + sequence % H * CHUNKS;
}
fn out_row(sequence: u32, t: u32) -> u32 {
  return (sequence / H * T + min(t, T - 1u)) * C_LANES + sequence % H * CHUNKS;
}

// CHUNKS, but beyond 2 unknown to the compiler: unrolled, the loops over the lanes of a row take it seconds.
fn chunks() -> u32 {
  if (CHUNKS <= 2u) { return CHUNKS; }
  return select(CHUNKS, 0u, arrayLength(&qkv) == 0u);
}

// The values of all threads. The index must be written out: WGSL wants it constant.
fn of_all_threads(value: Lane) -> array<Lane, THREADS> {
  return array<Lane, THREADS>(
    subgroupBroadcast(value, 0u), subgroupBroadcast(value, 1u), subgroupBroadcast(value, 2u), subgroupBroadcast(value, 3u),
    subgroupBroadcast(value, 4u), subgroupBroadcast(value, 5u), subgroupBroadcast(value, 6u), subgroupBroadcast(value, 7u),
  );
}
fn numbers_of_all_threads(value: f32) -> array<f32, THREADS> {
  return array<f32, THREADS>(
    subgroupBroadcast(value, 0u), subgroupBroadcast(value, 1u), subgroupBroadcast(value, 2u), subgroupBroadcast(value, 3u),
    subgroupBroadcast(value, 4u), subgroupBroadcast(value, 5u), subgroupBroadcast(value, 6u), subgroupBroadcast(value, 7u),
  );
}
