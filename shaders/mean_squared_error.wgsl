// Mean squared error of each row, and the gradient of its mean over all rows.
//
//   loss = Σ_w (y − t)² / W,   dy = 2 (y − t) / (ROWS · W)
//
//   y        [R, ROWS, W]
//   targets  [R, ROWS, W]
//   loss     [R, ROWS]       =
//   dy       [R, ROWS, W]    =, if HAS_GRADIENT
//
// Workgroup: ROWS_PER_GROUP rows, LANES threads each (row_reduce.wgsl). Grid: (⌈ROWS / ROWS_PER_GROUP⌉, 1, R).

@group(0) @binding(0) var<storage, read> y: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<f32>;
@group(0) @binding(2) var<storage, read_write> loss: array<f32>;
@group(0) @binding(3) var<storage, read_write> dy: array<f32>;

@compute @workgroup_size(LANES * ROWS_PER_GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let row = group.x * ROWS_PER_GROUP + thread / LANES;
  let lane = thread % LANES;
  var squares = 0f;
  if (row < ROWS) {
    for (var w = lane; w < W; w += LANES) {
      let i = row * W + w;
      let difference = y[r * Y_STRIDE + i] - targets[r * TARGETS_STRIDE + i];
      squares += difference * difference;
      if (HAS_GRADIENT) { dy[r * DY_STRIDE + i] = 2f * difference / f32(ROWS * W); }
    }
  }
  squares = row_sum(thread, vec4f(squares)).x;
  if (lane == 0u && row < ROWS) { loss[r * LOSS_STRIDE + row] = squares / f32(W); }
}
