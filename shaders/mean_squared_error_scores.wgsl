// What an evaluation keeps of each row of predicted values. It runs in chunks of ROWS rows; chunk number
// state.step goes to rows step · ROWS and on of `scores`, and what would lie beyond TOTAL_ROWS is dropped.
//
//   scores[row, 0] = Σ_w (y − t)² / W;  the other columns stay as they are
//
//   y        [R, ROWS, W]
//   targets  [R, ROWS, W]
//   state    [R]                          step: the number of the chunk
//   scores   [R, TOTAL_ROWS, COLUMNS]     = for the rows of this chunk
//
// Workgroup: ROWS_PER_GROUP rows, LANES threads each (row_reduce.wgsl). Grid: (⌈ROWS / ROWS_PER_GROUP⌉, 1, R).

@group(0) @binding(0) var<storage, read> y: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<f32>;
@group(0) @binding(2) var<storage, read> state: array<State>;
@group(0) @binding(3) var<storage, read_write> scores: array<f32>;

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
    }
  }
  squares = row_sum(thread, vec4f(squares)).x;
  let row_of_scores = state[r].step * ROWS + row;
  if (lane > 0u || row >= ROWS || row_of_scores >= TOTAL_ROWS) { return; }
  scores[r * SCORES_STRIDE + row_of_scores * COLUMNS] = squares / f32(W);
}
