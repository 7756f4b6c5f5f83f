// What an evaluation keeps of each row of logits. It runs in chunks of ROWS rows; chunk number state.step goes to
// rows step · ROWS and on of `scores`, and what would lie beyond TOTAL_ROWS is dropped.
//
//   scores[row] = ( loss, argmax, mean over classes FIRST_NOISE ≤ v < END_NOISE of −loss if v were the target, Σ p² )
//
// Which loss it is, parts, loss_of, gain and squares say: cross_entropy.wgsl, stablemax.wgsl or squared_error.wgsl. The
// first two have probabilities p, of which the third score is the mean of ln p; the last has none, and 0 for Σ p².
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
  let readable = min(row, ROWS - 1u);
  let x0 = r * LOGITS_STRIDE + readable * V;
  let label = targets[r * TARGETS_STRIDE + readable];

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

  var sums: vec4f; // of the loss's parts, the third over noise classes alone
  for (var v = lane; v < columns; v += LANES) {
    let part = parts(logits[x0 + v], best.x, select(0f, 1f, i32(v) == label));
    sums += vec4f(part.xy, select(0f, part.z, v >= FIRST_NOISE && v < END_NOISE), 0f);
  }
  sums = row_sum(thread, sums);

  let row_of_scores = state[r].step * ROWS + row;
  if (lane > 0u || row >= ROWS || row_of_scores >= TOTAL_ROWS) { return; }
  scores[r * (SCORES_STRIDE / 4u) + row_of_scores] = vec4f(
    select(0f, loss_of(sums.x, logits[x0 + u32(max(label, 0))], best.x), label >= 0),
    best.y,
    gain(sums.xyz, sums.z / f32(END_NOISE - FIRST_NOISE)),
    squares(sums.xyz),
  );
}
