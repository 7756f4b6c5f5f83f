// Stochastic gradient descent with momentum as torch.optim.SGD (no dampening, no Nesterov), but with decoupled decay.
//
//   g ← gradient · gradient_scale                      (the factor only if CLIPS)
//   b ← MOMENTUM b + g, and b ← g at the first update   b  [R, P]  +=, untouched unless HAS_BUFFER
//   p ← p − lr λ decay p − lr b                         p  [R, P]  +=
//
// lr, λ: learning_rate and weight_decay of the state. decay [P / BLOCK]: factor on λ per block of so many parameters.
// The first update is that with state.step = 1, for end_step has run. Where the state is halted nothing changes.
// Workgroup: THREADS, 4 parameters each. Grid: (⌈P / (4 · THREADS)⌉, 1, R).

@group(0) @binding(0) var<storage, read> gradients: array<vec4f>;        // [R, P]
@group(0) @binding(1) var<storage, read> decay: array<f32>;              // [P / BLOCK], shared by the replicas
@group(0) @binding(2) var<storage, read> state: array<State>;            // [R]
@group(0) @binding(3) var<storage, read_write> parameters: array<vec4f>; // [R, P]
@group(0) @binding(4) var<storage, read_write> buffer: array<vec4f>;     // [R, P]

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let i = id.x;
  if (i >= P / 4u || state[r].halted != 0u) { return; }

  var b = gradients[r * (GRADIENTS_STRIDE / 4u) + i];
  if (CLIPS) { b *= state[r].gradient_scale; }
  if (HAS_BUFFER) {
    let buffer_at = r * (BUFFER_STRIDE / 4u) + i;
    if (state[r].step > 1u) { b += MOMENTUM * buffer[buffer_at]; }
    buffer[buffer_at] = b;
  }

  let lr = state[r].learning_rate;
  let shrink = lr * state[r].weight_decay * decay[i / (BLOCK / 4u)];
  let at = r * (PARAMETERS_STRIDE / 4u) + i;
  let p = parameters[at];
  parameters[at] = p - (shrink * p + lr * b);
}
