// Cross-entropy of each row of logits with its target class, and its gradient, in one pass.
//
//   loss    = −ln p(target),  p = softmax(logits)      0 where the target is −1: the row is not scored
//   dlogits = (p − onehot(target)) / count             0 where the row is not scored
//
//   logits   [R, ROWS, V]
//   targets  [R, ROWS]      i32
//   state    [R]            count: how many rows of the batch are scored
//   loss     [R, ROWS]      =
//   dlogits  [R, ROWS, V]   =, if HAS_GRADIENT
//
// Workgroup: ROWS_PER_GROUP rows, LANES threads each (row_reduce.wgsl). Grid: (⌈ROWS / ROWS_PER_GROUP⌉, 1, R).

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<i32>;
@group(0) @binding(2) var<storage, read> state: array<State>;
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;
@group(0) @binding(4) var<storage, read_write> dlogits: array<f32>;

@compute @workgroup_size(LANES * ROWS_PER_GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let row = group.x * ROWS_PER_GROUP + thread / LANES;
  let lane = thread % LANES;
  let columns = select(V, 0u, arrayLength(&logits) == 0u); // V, but the compiler, which would write the loops out, does not know it
  let readable = min(row, ROWS - 1u);
  let x0 = r * LOGITS_STRIDE + readable * V;

  var most = logits[x0];
  for (var v = lane; v < columns; v += LANES) { most = max(most, logits[x0 + v]); }
  most = row_max(thread, most);

  var sum = 0f;
  for (var v = lane; v < columns; v += LANES) { sum += exp(logits[x0 + v] - most); }
  sum = row_sum(thread, vec4f(sum)).x;

  if (row >= ROWS) { return; }
  let label = targets[r * TARGETS_STRIDE + row];
  let scored = label >= 0;
  if (lane == 0u) {
    let loss_of_row = log(sum) - (logits[x0 + u32(max(label, 0))] - most);
    loss[r * LOSS_STRIDE + row] = select(0f, loss_of_row, scored);
  }
  if (HAS_GRADIENT) {
    let scale = 1f / f32(state[r].count);
    for (var v = lane; v < columns; v += LANES) {
      let probability = exp(logits[x0 + v] - most) / sum;
      let gradient = (probability - select(0f, 1f, i32(v) == label)) * scale;
      dlogits[r * DLOGITS_STRIDE + row * V + v] = select(0f, gradient, scored);
    }
  }
}
