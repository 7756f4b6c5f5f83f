// Y = epilogue(A · B) with tiles of A and B in workgroup memory.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n]                                   (shapes: matmul_a_vec4, _b_, _y_)
//
// Workgroup: THREADS threads, TILE_M × TILE_N outputs; TILE_K values of k at a time, of which the next are on their way to
// registers while these are multiplied. A thread has a block of 4 × 4 outputs; if WIDE another to the right, and if TALL
// both once more below, half a tile away. Sums go in ascending k; if SPLITS > 1, so many parts of the workgroup have an
// equal share of k each, and matmul_parts.wgsl adds their sums in order: for few outputs of many terms.
// Workgroup memory: SPLITS · TILE_K · (TILE_M + TILE_N) numbers. Grid: (⌈N/TILE_N⌉, ⌈M/TILE_M⌉, R).
// Y is `=` or, if ACCUMULATES, `+=`; dbias[m] = Σ_k A[m, k] likewise, by the threads of the first columns.
//
// What is indexed by constants and unrolled stays in registers: for GPUs this is up to twice as fast as loops. The
// products of a tile are unrolled if UNROLLED; compilers for the CPU would take long over it.

const PART = THREADS / SPLITS;         // threads that share a tile
const A_BLOCKS = TILE_K * TILE_M / 16u; // blocks of 4 × 4 to be loaded
const BLOCKS = A_BLOCKS + TILE_K * TILE_N / 16u;
const DEPTH = (K + SPLITS * TILE_K - 1u) / (SPLITS * TILE_K) * TILE_K; // share of k
const ROW = (TILE_M + TILE_N) / 4u;     // vectors of one k: TILE_M of A, TILE_N of B
const ACROSS = TILE_N / select(4u, 8u, WIDE); // threads across a tile, a multiple of 8
const DOWN = TILE_M / select(4u, 8u, TALL);

var<workgroup> tiles: array<vec4f, SPLITS * TILE_K * ROW>; // [part][k][m/4, then n/4]

// A block of 4 × 4 that a thread loads: its first k and its rows or columns / 4, within the tile.
struct Block { is_a: bool, exists: bool, k: u32, side: u32 }

// Block `first` + thread; neighbours among threads are neighbours in memory. Where all are of A, or none, the compiler
// knows.
fn block_of(first: u32, thread: u32) -> Block {
  let i = first + thread;
  let is_a = first + PART <= A_BLOCKS || (first < A_BLOCKS && i < A_BLOCKS);
  let at = select(i - A_BLOCKS, i, is_a);
  if (select(B_TRANSPOSED, !A_TRANSPOSED, is_a)) {
    return Block(is_a, i < BLOCKS, at % (TILE_K / 4u) * 4u, at / (TILE_K / 4u));
  }
  let width = select(TILE_N, TILE_M, is_a) / 4u;
  return Block(is_a, i < BLOCKS, at / width * 4u, at % width);
}

// Column c of the result has k0 + the block's k + c. What lies beyond K is 0 in A, and something in B.
fn fetch(block: Block, r: u32, m0: u32, n0: u32, k0: u32, writes: bool) -> mat4x4f {
  if (!block.exists) { return mat4x4f(); }
  let k = k0 + block.k;
  let at = select(k, min(k, (K - 1u) / 4u * 4u), K % (SPLITS * TILE_K) > 0u);
  if (!block.is_a) { return load_b(r, at, n0 + block.side * 4u); }
  var a = prepared(load_a(r, m0 + block.side * 4u, at), r, m0, block.side, k, writes);
  if (K % (SPLITS * TILE_K) > 0u) {
    let zero = vec4f(0f);
    a = mat4x4f(
      select(zero, a[0], k < K),
      select(zero, a[1], k + 1u < K),
      select(zero, a[2], k + 2u < K),
      select(zero, a[3], k + 3u < K),
    );
  }
  return a;
}

// Where four values lie in row k of a tile: shuffled, so that neighbours which store other k meet other banks.
fn slot(k: u32, side: u32) -> u32 { return side ^ (k / 4u * (32u / TILE_K) % 8u); }

fn stage(block: Block, part: u32, values: mat4x4f) {
  if (!block.exists) { return; }
  let at = (part * TILE_K + block.k) * ROW + select(TILE_M / 4u, 0u, block.is_a) + slot(block.k, block.side);
  tiles[at] = values[0];
  tiles[at + ROW] = values[1];
  tiles[at + 2u * ROW] = values[2];
  tiles[at + 3u * ROW] = values[3];
}

// A thread's outputs so far: column i of a matrix is row i of a block.
struct Sums {
  top: mat4x4f,
  top_right: mat4x4f,
  bottom: mat4x4f,
  bottom_right: mat4x4f,
  dbias: vec4f,
  dbias_bottom: vec4f,
}

fn step(before: Sums, part: u32, x: u32, y: u32, k: u32) -> Sums {
  var sums = before;
  let a_at = (part * TILE_K + k) * ROW;
  let b_at = a_at + TILE_M / 4u;
  let a = tiles[a_at + slot(k, y)];
  let b = tiles[b_at + slot(k, x)];
  sums.top = add_outer(sums.top, a, b);
  if (HAS_DBIAS) { sums.dbias += a; }
  if (WIDE) {
    let right = tiles[b_at + slot(k, x + ACROSS)];
    sums.top_right = add_outer(sums.top_right, a, right);
    if (TALL) {
      let below = tiles[a_at + slot(k, y + DOWN)];
      sums.bottom = add_outer(sums.bottom, below, b);
      sums.bottom_right = add_outer(sums.bottom_right, below, right);
      if (HAS_DBIAS) { sums.dbias_bottom += below; }
    }
  }
  return sums;
}
fn steps(sums: Sums, part: u32, x: u32, y: u32, k: u32) -> Sums {
  let half = step(step(sums, part, x, y, k), part, x, y, k + 1u);
  return step(step(half, part, x, y, k + 2u), part, x, y, k + 3u);
}

fn all_steps(before: Sums, part: u32, x: u32, y: u32) -> Sums {
  let half = steps(steps(steps(steps(before, part, x, y, 0u), part, x, y, 4u), part, x, y, 8u), part, x, y, 12u);
  if (TILE_K < 32u) { return half; }
  return steps(steps(steps(steps(half, part, x, y, 16u), part, x, y, 20u), part, x, y, 24u), part, x, y, 28u);
}

fn store_block(r: u32, m: u32, n: u32, block: mat4x4f) {
  let added = bias_at(r, n);
  store(r, m, n, block[0] + added);
  store(r, m + 1u, n, block[1] + added);
  store(r, m + 2u, n, block[2] + added);
  store(r, m + 3u, n, block[3] + added);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let r = group.z;
  let m0 = group.y * TILE_M;
  let n0 = group.x * TILE_N;
  let writes = group.x == 0u;
  let part = index / PART;
  let thread = index % PART;
  // 32 neighbours have 8 blocks across and 4 down, so that they read few different numbers.
  let x = thread % 8u + thread / 32u % (ACROSS / 8u) * 8u;
  let y = thread / 8u % 4u + thread / (4u * ACROSS) * 4u;
  prepare_rows(r, m0, index, writes);

  let block0 = block_of(0u, thread);
  let block1 = block_of(PART, thread);
  let begin = part * DEPTH;
  // TILE_K, but the compiler, which would write the loop out, does not know it.
  let depth = select(TILE_K, 0u, arrayLength(&A) == 0u);
  var next0 = mat4x4f();
  var next1 = mat4x4f();
  var sums = Sums();
  for (var k0 = 0u; k0 < DEPTH + TILE_K; k0 += TILE_K) {
    if (k0 < DEPTH) {
      next0 = fetch(block0, r, m0, n0, begin + k0, writes);
      if (BLOCKS > PART) { next1 = fetch(block1, r, m0, n0, begin + k0, writes); }
    }
    if (k0 > 0u) {
      if (UNROLLED) {
        sums = all_steps(sums, part, x, y);
      } else {
        for (var k = 0u; k < depth; k++) { sums = step(sums, part, x, y, k); }
      }
    }
    workgroupBarrier();
    stage(block0, part, next0);
    if (BLOCKS > PART) { stage(block1, part, next1); }
    workgroupBarrier();
  }

  let m = m0 + y * 4u;
  let n = n0 + x * 4u;
  if (SPLITS == 1u) {
    store_block(r, m, n, sums.top);
    if (WIDE) { store_block(r, m, n + TILE_N / 2u, sums.top_right); }
    if (TALL) {
      store_block(r, m + TILE_M / 2u, n, sums.bottom);
      store_block(r, m + TILE_M / 2u, n + TILE_N / 2u, sums.bottom_right);
    }
    if (HAS_DBIAS && n == 0u) {
      store_dbias(r, m, sums.dbias);
      if (TALL) { store_dbias(r, m + TILE_M / 2u, sums.dbias_bottom); }
    }
  } else {
    add_parts(r, m0, n0, part, index, x, y, sums);
  }
}
