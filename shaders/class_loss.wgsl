// The loss of each row of logits against its target class, and its gradient, in one pass.
//
//   loss    = loss_of(Σ share(x, most, hit), x of the target, most)   0 where the target is −1: the row is not scored
//   dlogits = slope(x, most, Σ share, hit) / count                    0 where the row is not scored
//
// over the row's logits x, of which `most` is the largest if BY_MOST; `hit` is 1 for the target's class, else 0.
//
// Which loss it is, share, loss_of and slope say: cross_entropy.wgsl, stablemax.wgsl or squared_error.wgsl.
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
  let label = targets[r * TARGETS_STRIDE + readable];

  var most = logits[x0];
  if (BY_MOST) {
    for (var v = lane; v < columns; v += LANES) { most = max(most, logits[x0 + v]); }
    most = row_max(thread, most);
  }

  var sum = 0f;
  for (var v = lane; v < columns; v += LANES) { sum += share(logits[x0 + v], most, hit(v, label)); }
  sum = row_sum(thread, vec4f(sum)).x;

  if (row >= ROWS) { return; }
  let scored = label >= 0;
  if (lane == 0u) {
    loss[r * LOSS_STRIDE + row] = select(0f, loss_of(sum, logits[x0 + u32(max(label, 0))], most), scored);
  }
  if (HAS_GRADIENT) {
    let scale = 1f / f32(state[r].count);
    for (var v = lane; v < columns; v += LANES) {
      let gradient = slope(logits[x0 + v], most, sum, hit(v, label)) * scale;
      dlogits[r * DLOGITS_STRIDE + row * V + v] = select(0f, gradient, scored);
    }
  }
}

fn hit(v: u32, label: i32) -> f32 { return select(0f, 1f, i32(v) == label); }
