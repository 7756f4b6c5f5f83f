// Momentum of hidden matrices, and from it what Muon orthogonalises (Jordan 2024, kellerjordan.github.io/posts/muon).
//
//   g ← gradient · gradient_scale                      (the factor only if CLIPS)
//   m ← μ m + (1 − μ) g                                 m  [R, P], only the matrices  +=
//   x = u / (‖u‖ + 1e-7), in the Frobenius norm         x  [R, L, ROWS, COLUMNS]      =
//   u = μ m + (1 − μ) g  if NESTEROV, else m
//
// L matrices: number l starts at OFFSETS[l] of a replica's slice and is [ROWS, COLUMNS] there or, if TALL[l],
// [COLUMNS, ROWS]: then x is its transpose. ROWS ≤ COLUMNS. Where the state is halted nothing is written.
// Each thread sums elements index, index + THREADS, …; the THREADS sums are added as a tree: always in the same order.
// Workgroup: THREADS (a power of two), one matrix. Grid: (L, 1, R).

@group(0) @binding(0) var<storage, read> gradients: array<f32>; // [R, P]
@group(0) @binding(1) var<storage, read> state: array<State>;   // [R]
@group(0) @binding(2) var<storage, read_write> m: array<f32>;   // [R, P]
@group(0) @binding(3) var<storage, read_write> x: array<f32>;   // [R, L, ROWS, COLUMNS]

var<workgroup> sums: array<f32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let l = group.x;
  let r = group.z;
  if (state[r].halted != 0u) { return; }
  let x_at = (r * L + l) * ROWS * COLUMNS;
  var scale = 1f;
  if (CLIPS) { scale = state[r].gradient_scale; }

  var sum = 0f;
  for (var i = index; i < ROWS * COLUMNS; i += THREADS) {
    let g = ONE_MINUS_MOMENTUM * scale * gradients[r * GRADIENTS_STRIDE + OFFSETS[l] + i];
    let at = r * M_STRIDE + OFFSETS[l] + i;
    let m_new = MOMENTUM * m[at] + g;
    m[at] = m_new;
    let u = select(m_new, MOMENTUM * m_new + g, NESTEROV);
    x[x_at + place(l, i)] = u;
    sum += u * u;
  }
  sums[index] = sum;
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (index < half) { sums[index] += sums[index + half]; }
  }
  workgroupBarrier();
  let norm = sqrt(sums[0]) + 1e-7f;
  // The places that this thread wrote itself.
  for (var i = index; i < ROWS * COLUMNS; i += THREADS) { x[x_at + place(l, i)] /= norm; }
}
