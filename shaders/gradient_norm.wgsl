// L2 norm of a replica's gradients, and the factor that brings it down to CLIP.
//
//   gradient_norm = √Σ g²
//   gradient_scale = min(1, CLIP / (gradient_norm + 1e-6))         as torch.nn.utils.clip_grad_norm_
//   halted = step + 1 if the norm is not finite and halted was 0
//
// Runs before end_step, while `step` is still that of the gradients. The padding between gradients is 0.
// Each thread sums four strided sequences of four columns; the THREADS × 4 × 4 sums are added in one fixed order.
// Workgroup: THREADS (a power of two) for one replica. Grid: (1, 1, R).

@group(0) @binding(0) var<storage, read> gradients: array<vec4f>;   // [R, P]
@group(0) @binding(1) var<storage, read_write> state: array<State>; // [R]

var<workgroup> sums: array<f32, THREADS>;

fn is_finite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }

fn square(r: u32, i: u32) -> vec4f {
  let g = gradients[r * (GRADIENTS_STRIDE / 4u) + i];
  return g * g;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) index: u32) {
  let r = group.z;
  var a: vec4f;
  var b: vec4f;
  var c: vec4f;
  var d: vec4f;
  var i = index;
  for (; i + 3u * THREADS < P / 4u; i += 4u * THREADS) {
    a += square(r, i);
    b += square(r, i + THREADS);
    c += square(r, i + 2u * THREADS);
    d += square(r, i + 3u * THREADS);
  }
  for (; i < P / 4u; i += THREADS) { a += square(r, i); }
  let total = (a + b) + (c + d);
  sums[index] = (total.x + total.y) + (total.z + total.w);
  for (var half = THREADS / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (index < half) { sums[index] += sums[index + half]; }
  }
  if (index > 0u) { return; }
  let norm = sqrt(sums[0]);
  state[r].gradient_norm = norm;
  state[r].gradient_scale = min(1f, CLIP / (norm + 1e-6f));
  // The sum rather than its root: a root of NaN or ∞ need not keep the bits.
  if (!is_finite(sums[0]) && state[r].halted == 0u) { state[r].halted = state[r].step + 1u; }
}
