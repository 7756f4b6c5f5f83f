// Embedding of tokens, with or without positions, or their sum over a row.
//
//   y[b, t] = wte[token(b, t)] + wpe[t]                 y [R, B, T, C]  =      (wpe only if HAS_POSITIONS)
//   y[b]    = Σ_t wte[token(b, t)], in ascending t      y [R, B, C]     =      if SUMS
//
// Tokens outside 0 … IDS − 1 count as the nearest of these. If COLUMN_ROWS = IDS, each position has a table of its
// own, one below the other in wte (V = T · IDS); if COLUMN_ROWS = 0, all share one (V = IDS). Lane is vec4f, or f32 where C is no multiple of 4:
// C_LANES and the strides of wte, wpe and y count lanes.
//
// Workgroup: 256 threads, one lane of y each. Grid: (⌈B T C_LANES / 256⌉, 1, R), without T if SUMS.

@group(0) @binding(0) var<storage, read> tokens: array<i32>;    // [R, B, T]
@group(0) @binding(1) var<storage, read> wte: array<Lane>;      // [R, V, C]
@group(0) @binding(2) var<storage, read> wpe: array<Lane>;      // [R, T, C]
@group(0) @binding(3) var<storage, read_write> y: array<Lane>;

fn embedded(r: u32, n: u32, c: u32) -> Lane {
  let token = u32(clamp(tokens[r * TOKENS_STRIDE + n], 0, i32(IDS) - 1));
  return wte[r * WTE_STRIDE + (n % T * COLUMN_ROWS + token) * C_LANES + c];
}

@compute @workgroup_size(256)
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
    if (HAS_POSITIONS) { sum += wpe[r * WPE_STRIDE + row % T * C_LANES + c]; }
  }
  y[r * Y_STRIDE + row * C_LANES + c] = sum;
}
