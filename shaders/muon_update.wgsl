// Muon's step along an orthogonalised momentum, with decoupled weight decay (Jordan 2024).
//
//   p ← p − lr λ p − lr s x                             p  [R, P], only the matrices  +=
//   s = √max(1, out / in) for a matrix [out, in]: √(COLUMNS / ROWS) where it is tall, else 1
//
// lr, λ: learning_rate and weight_decay of the state. Matrices as in muon_momentum.wgsl.
// Where the state is halted nothing changes.
// Workgroup: THREADS, one element each. Grid: (⌈ROWS COLUMNS / THREADS⌉, L, R).

@group(0) @binding(0) var<storage, read> x: array<f32>;                // [R, L, ROWS, COLUMNS]
@group(0) @binding(1) var<storage, read> state: array<State>;          // [R]
@group(0) @binding(2) var<storage, read_write> parameters: array<f32>; // [R, P]

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  let l = id.y;
  let r = id.z;
  if (i >= ROWS * COLUMNS || state[r].halted != 0u) { return; }
  let s = select(1f, TALL_SCALE, TALL[l]);
  let lr = state[r].learning_rate;
  let at = r * PARAMETERS_STRIDE + OFFSETS[l] + i;
  let p = parameters[at];
  // Both changes are added before they meet p, so that a small decay is not lost to rounding.
  parameters[at] = p - lr * (state[r].weight_decay * p + s * x[(r * L + l) * ROWS * COLUMNS + place(l, i)]);
}
