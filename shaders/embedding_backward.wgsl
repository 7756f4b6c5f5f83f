// Gradients of an embedding, without atomics: each row of the tables collects what belongs to it.
//
//   dwte[v] = Σ_(b, t) with row(b, t) = v  dy[b, t]       [R, V, C]  `=` or, if ACCUMULATES, `+=`
//   dwpe[t] = Σ_b dy[b, t]                                  [R, T, C]  `=` or, if ACCUMULATES_POSITIONS, `+=`
//   If SUMS, dy[b, t] is dy[b], of shape [R, B, C], for every t.
//
// row(b, t) = t · COLUMN_ROWS + token(b, t), where token(b, t) is number FIRST + t of the ROW_IDS ids of row b; tokens
// outside 0 … IDS − 1 count as the nearest, as in the forward pass. Lane is vec4f, or f32 where C is no multiple of 4:
// C_LANES, DWPE_OFFSET and the strides of dy and gradients count lanes.
//
// Workgroup: THREADS (a power of two) as SLICES × LANES, LANES lanes of one row. Grid: (⌈C_LANES / LANES⌉, V, R), or V + T rows
// where there is a dwpe, which lies DWPE_OFFSET lanes behind dwte. The threads first note in a bit mask which of
// 32 · THREADS tokens are v; then slice s adds those of words s, s + SLICES, …; last, the slices are added in order.

@group(0) @binding(0) var<storage, read> tokens: array<i32>;           // [R, B, ROW_IDS]
@group(0) @binding(1) var<storage, read> dy: array<Lane>;              // [R, B, T, C], [R, B, C] if SUMS
@group(0) @binding(2) var<storage, read_write> gradients: array<Lane>; // from dwte to the end of dwpe

const SLICES = THREADS / LANES;
var<workgroup> matches: array<u32, THREADS>; // bit k of word w: token start + k · THREADS + w
var<workgroup> partials: array<Lane, THREADS>;

// Bits of this thread's word for the tokens from `start` on.
fn matching(r: u32, v: u32, start: u32, word: u32) -> u32 {
  var bits = 0u;
  for (var k = 0u; k < 32u; k++) {
    let n = start + k * THREADS + word;
    if (n >= B * T) { break; }
    let id = tokens[r * TOKENS_STRIDE + n / T * ROW_IDS + FIRST + n % T];
    let token = u32(clamp(id, 0, i32(IDS) - 1));
    bits |= u32(n % T * COLUMN_ROWS + token == v) << k;
  }
  return bits;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let r = group.z;
  let row = group.y;
  let lane = index % LANES;
  let slice = index / LANES;
  let c = group.x * LANES + lane;
  let readable = min(c, C_LANES - 1u);
  let dy_at = r * DY_STRIDE + readable;
  var sum: Lane;

  if (row < V) {
    for (var start = 0u; start < B * T; start += 32u * THREADS) {
      matches[index] = matching(r, row, start, index);
      workgroupBarrier();
      for (var word = slice; word < THREADS; word += SLICES) {
        var bits = matches[word];
        while (bits != 0u) {
          let n = start + firstTrailingBit(bits) * THREADS + word;
          sum += dy[dy_at + select(n, n / T, SUMS) * C_LANES];
          bits &= bits - 1u;
        }
      }
      workgroupBarrier();
    }
  } else {
    for (var b = slice; b < B; b += SLICES) { sum += dy[dy_at + (b * T + row - V) * C_LANES]; }
  }

  partials[index] = sum;
  workgroupBarrier();
  if (slice > 0u || c >= C_LANES) { return; }
  for (var s = 1u; s < SLICES; s++) { sum += partials[s * LANES + lane]; }
  var at = r * GRADIENTS_STRIDE + row * C_LANES + c;
  if (row >= V) { at = r * GRADIENTS_STRIDE + DWPE_OFFSET + (row - V) * C_LANES + c; }
  if (select(ACCUMULATES_POSITIONS, ACCUMULATES, row < V)) { sum += gradients[at]; }
  gradients[at] = sum;
}
