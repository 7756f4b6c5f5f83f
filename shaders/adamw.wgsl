// AdamW with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101), over a whole arena, as torch.optim.AdamW.
//
//   g ← gradient · gradient_scale                      (the factor only if CLIPS)
//   m ← β₁ m + (1 − β₁) g                               m  [R, P]  +=
//   v ← β₂ v + (1 − β₂) g²                              v  [R, P]  +=
//   p ← p − lr λ decay p − lr m̂ / (√v̂ + ε)              p  [R, P]  +=
//   m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ),  t = state.step: 1 at the first update, for end_step has run
//
// lr: RATE times the learning_rate of the state, λ: its weight_decay. decay [P / BLOCK]: factor on λ per block of so
// many parameters. Nothing changes where the state is halted, nor, if HAS_EXCEPTIONS, in blocks whose `except` is not 0.
// P and the strides are multiples of 4.
// Workgroup: THREADS, 4 parameters each. Grid: (⌈P / (4 · THREADS)⌉, 1, R).

@group(0) @binding(0) var<storage, read> gradients: array<vec4f>;        // [R, P]
@group(0) @binding(1) var<storage, read> decay: array<f32>;              // [P / BLOCK], shared by the replicas
@group(0) @binding(2) var<storage, read> state: array<State>;            // [R]
@group(0) @binding(3) var<storage, read_write> parameters: array<vec4f>; // [R, P]
@group(0) @binding(4) var<storage, read_write> m: array<vec4f>;          // [R, P]
@group(0) @binding(5) var<storage, read_write> v: array<vec4f>;          // [R, P]
@group(0) @binding(6) var<storage, read> except: array<f32>;             // [P / BLOCK], shared by the replicas

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let i = id.x;
  if (i >= P / 4u || state[r].halted != 0u) { return; }
  if (HAS_EXCEPTIONS && except[i / (BLOCK / 4u)] != 0f) { return; }

  var g = gradients[r * (GRADIENTS_STRIDE / 4u) + i];
  if (CLIPS) { g *= state[r].gradient_scale; }

  let m_at = r * (M_STRIDE / 4u) + i;
  let m_new = BETA1 * m[m_at] + ONE_MINUS_BETA1 * g;
  m[m_at] = m_new;

  let v_at = r * (V_STRIDE / 4u) + i;
  let v_new = BETA2 * v[v_at] + ONE_MINUS_BETA2 * g * g;
  v[v_at] = v_new;

  let t = f32(state[r].step);
  let lr = RATE * state[r].learning_rate;
  let step_size = lr / one_minus_power(LOG_BETA1, t);
  let root = sqrt(v_new) / sqrt(one_minus_power(LOG_BETA2, t));
  let shrink = lr * state[r].weight_decay * decay[i / (BLOCK / 4u)];

  let at = r * (PARAMETERS_STRIDE / 4u) + i;
  let p = parameters[at];
  // Both changes are added before they meet p, so that a small decay is not lost to rounding.
  parameters[at] = p - (shrink * p + step_size * m_new / (root + EPSILON));
}
