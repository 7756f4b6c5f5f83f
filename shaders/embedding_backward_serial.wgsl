// Gradients of an embedding as in embedding_backward.wgsl, for adapters that compute on the CPU: each thread has a lane of
// all rows and goes through the batch once, so that nothing is looked for and nobody waits.
//
//   dwte[v] = Σ_(b, t) with row(b, t) = v  dy[b, t]       [R, V, C]  `=` or, if ACCUMULATES, `+=`
//   dwpe[t] = Σ_b dy[b, t]                                  [R, T, C]  `=` or, if ACCUMULATES_POSITIONS, `+=`
//   If SUMS, dy[b, t] is dy[b], of shape [R, B, C], for every t.
//
// Workgroup: 8 threads, one lane each. Grid: (⌈C_LANES / 8⌉, 1, R), or 2 where there is a dwpe: the second is its.

@group(0) @binding(0) var<storage, read> tokens: array<i32>;           // [R, B, ROW_IDS]
@group(0) @binding(1) var<storage, read> dy: array<Lane>;              // [R, B, T, C], [R, B, C] if SUMS
@group(0) @binding(2) var<storage, read_write> gradients: array<Lane>; // from dwte to the end of dwpe

@compute @workgroup_size(8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let c = id.x;
  if (c >= C_LANES) { return; }
  let dy_at = r * DY_STRIDE + c;
  let dwte_at = r * GRADIENTS_STRIDE + c;

  let zero = select(0u, 1u, arrayLength(&tokens) == 0u); // unknown to the compiler, which would write the loops out

  if (id.y == 0u) {
    if (!ACCUMULATES) {
      for (var v = 0u; v < V + zero; v++) { gradients[dwte_at + v * C_LANES] = Lane(); }
    }
    for (var b = 0u; b < B; b++) {
      for (var t = 0u; t < T + zero; t++) {
        let token = u32(clamp(tokens[r * TOKENS_STRIDE + b * ROW_IDS + FIRST + t], 0, i32(IDS) - 1));
        let row = t * COLUMN_ROWS + token;
        gradients[dwte_at + row * C_LANES] += dy[dy_at + select(b * T + t, b, SUMS) * C_LANES];
      }
    }
    return;
  }
  for (var t = 0u; t < T; t++) {
    let at = dwte_at + DWPE_OFFSET + t * C_LANES;
    var sum = Lane();
    if (ACCUMULATES_POSITIONS) { sum = gradients[at]; }
    for (var b = 0u; b < B; b++) { sum += dy[dy_at + (b * T + t) * C_LANES]; }
    gradients[at] = sum;
  }
}
