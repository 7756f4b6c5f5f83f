// Reductions over rows: LANES threads share a row, a workgroup has ROWS_PER_GROUP rows.
//
// Lane l of a row takes columns l, l + LANES, …; then each thread adds the partial results in the order of the
// lanes, so that the order is always the same and every lane has the result.
// These functions hold barriers: all threads must call them, those of rows beyond the last too.

var<workgroup> partials: array<vec4f, LANES * ROWS_PER_GROUP>; // [row][lane]

// Up to four sums at once.
fn row_sum(thread: u32, value: vec4f) -> vec4f {
  if (LANES == 1u) { return value; }
  partials[thread] = value;
  workgroupBarrier();
  let first = thread / LANES * LANES;
  var sum = partials[first];
  for (var lane = 1u; lane < LANES; lane++) { sum += partials[first + lane]; }
  workgroupBarrier();
  return sum;
}

// May skip NaN: what is computed from the maximum must meet the NaN itself again.
fn row_max(thread: u32, value: f32) -> f32 {
  if (LANES == 1u) { return value; }
  partials[thread].x = value;
  workgroupBarrier();
  let first = thread / LANES * LANES;
  var most = partials[first].x;
  for (var lane = 1u; lane < LANES; lane++) { most = max(most, partials[first + lane].x); }
  workgroupBarrier();
  return most;
}

// (value, column) with the largest value; of equal values the first column.
fn row_argmax(thread: u32, value: f32, column: f32) -> vec2f {
  if (LANES == 1u) { return vec2f(value, column); }
  partials[thread] = vec4f(value, column, 0f, 0f);
  workgroupBarrier();
  let first = thread / LANES * LANES;
  var best = partials[first].xy;
  for (var lane = 1u; lane < LANES; lane++) {
    let other = partials[first + lane].xy;
    if (other.x > best.x || (other.x == best.x && other.y < best.y)) { best = other; }
  }
  workgroupBarrier();
  return best;
}
