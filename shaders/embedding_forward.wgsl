// Embedding of tokens, with or without positions, or their sum over a row, added to another tensor or not.
//
//   y[b, t] = wte[token(b, t)] + added                  y [R, B, T, C]  =
//   y[b]    = Σ_t wte[token(b, t)] + added              y [R, B, C]     =      if SUMS, in ascending t
//   added, only if ADDS: wpe[t], where ADDED_ROWS = T, or a tensor of y's shape
//
// token(b, t) is number FIRST + t of the ROW_IDS ids of row b. Tokens outside 0 … IDS − 1 count as the nearest of
// these. If COLUMN_ROWS = IDS, each position has a table of its own, one below the other in wte (V = T · IDS); if
// COLUMN_ROWS = 0, all share one (V = IDS). Lane is vec4f, or f32 where C is no multiple of 4: C_LANES and the strides
// of wte, added and y count lanes.
//
// Workgroup: THREADS, one lane of y each. Grid: (⌈B T C_LANES / THREADS⌉, 1, R), without T if SUMS.

@group(0) @binding(0) var<storage, read> tokens: array<i32>;    // [R, B, ROW_IDS]
@group(0) @binding(1) var<storage, read> wte: array<Lane>;      // [R, V, C]
@group(0) @binding(2) var<storage, read> added: array<Lane>;    // [R, ADDED_ROWS, C]
@group(0) @binding(3) var<storage, read_write> y: array<Lane>;

fn embedded(r: u32, n: u32, c: u32) -> Lane {
  let id = tokens[r * TOKENS_STRIDE + n / T * ROW_IDS + FIRST + n % T];
  let token = u32(clamp(id, 0, i32(IDS) - 1));
  return wte[r * WTE_STRIDE + (n % T * COLUMN_ROWS + token) * C_LANES + c];
}

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let row = id.x / C_LANES;
  let c = id.x % C_LANES;
  if (row >= ROWS) { return; }
  var sum: Lane;
  if (SUMS) {
    for (var t = 0u; t < T; t++) { sum += embedded(r, row * T + t, c); }
  } else {
    sum = embedded(r, row, c);
  }
  if (ADDS) { sum += added[r * ADDED_STRIDE + row % ADDED_ROWS * C_LANES + c]; }
  y[r * Y_STRIDE + row * C_LANES + c] = sum;
}
