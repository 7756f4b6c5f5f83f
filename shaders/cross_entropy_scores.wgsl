// What an evaluation keeps of each row of logits. It runs in chunks of ROWS rows; chunk number state.step goes to
// rows step · ROWS and on of `scores`, and what would lie beyond TOTAL_ROWS is dropped.
//
//   scores[row] = ( −ln p(target), argmax p, mean of ln p over classes FIRST_NOISE ≤ v < END_NOISE, Σ p² )
//
//   logits   [R, ROWS, V]
//   targets  [R, ROWS]            i32; where −1, the first score is 0
//   state    [R]                  step: the number of the chunk
//   scores   [R, TOTAL_ROWS, 4]   = for the rows of this chunk
//
// Workgroup: ROWS_PER_GROUP rows, LANES threads each (row_reduce.wgsl). Grid: (⌈ROWS / ROWS_PER_GROUP⌉, 1, R).

@group(0) @binding(0) var<storage, read> logits: array<f32>;
@group(0) @binding(1) var<storage, read> targets: array<i32>;
@group(0) @binding(2) var<storage, read> state: array<State>;
@group(0) @binding(3) var<storage, read_write> scores: array<vec4f>;

@compute @workgroup_size(LANES * ROWS_PER_GROUP)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let row = group.x * ROWS_PER_GROUP + thread / LANES;
  let lane = thread % LANES;
  let columns = select(V, 0u, arrayLength(&logits) == 0u); // V, but the compiler, which would write the loops out, does not know it
  let x0 = r * LOGITS_STRIDE + min(row, ROWS - 1u) * V;

  // Lanes without a column repeat column 0.
  var most = logits[x0];
  var class_of_most = 0u;
  for (var v = lane; v < columns; v += LANES) {
    let x = logits[x0 + v];
    if (x > most) {
      most = x;
      class_of_most = v;
    }
  }
  let best = row_argmax(thread, most, f32(class_of_most));

  var sums: vec4f; // Σ e, Σ e², Σ over noise classes of x − max, with e = exp(x − max)
  for (var v = lane; v < columns; v += LANES) {
    let x = logits[x0 + v] - best.x;
    let e = exp(x);
    sums += vec4f(e, e * e, select(0f, x, v >= FIRST_NOISE && v < END_NOISE), 0f);
  }
  sums = row_sum(thread, sums);

  let row_of_scores = state[r].step * ROWS + row;
  if (lane > 0u || row >= ROWS || row_of_scores >= TOTAL_ROWS) { return; }
  let label = targets[r * TARGETS_STRIDE + row];
  let log_sum = log(sums.x);
  let loss = log_sum - (logits[x0 + u32(max(label, 0))] - best.x);
  scores[r * (SCORES_STRIDE / 4u) + row_of_scores] = vec4f(
    select(0f, loss, label >= 0),
    best.y,
    sums.z / f32(END_NOISE - FIRST_NOISE) - log_sum,
    sums.y / (sums.x * sums.x),
  );
}
