// Gradients of layer normalisation with respect to gain and bias: sums over all rows.
//
//   dgain[c] = Σ_rows dy · x̂,   dbias[c] = Σ_rows dy,   x̂ = (x − μ) · ρ
//
//   dy         [R, ROWS, C]
//   x          [R, ROWS, C]
//   stats      [R, ROWS, 2]   μ and ρ of the forward pass
//   gradients  = or, if ACCUMULATES, +=: dgain [R, C] and, DBIAS_OFFSET elements behind it, dbias [R, C]
//
// Workgroup: COLUMNS (8) columns × SLICES (8 or 32) slices of the rows. Slice s sums rows s, s + SLICES, …; then the
// slices are added in their order. Grid: (⌈C/COLUMNS⌉, 1, R).

@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read> stats: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;

var<workgroup> partials: array<vec2f, COLUMNS * SLICES>; // [slice][column] of dgain, dbias

// What a row adds to dgain and dbias of a column.
fn part_of(r: u32, row: u32, column: u32) -> vec2f {
  let at = min(row, ROWS - 1u);
  let gradient = dy[r * DY_STRIDE + at * C + column];
  let stat = stats[r * (STATS_STRIDE / 2u) + at];
  let normalised = (x[r * X_STRIDE + at * C + column] - stat.x) * stat.y;
  return select(vec2f(0f), gradient * vec2f(normalised, 1f), row < ROWS);
}

@compute @workgroup_size(COLUMNS, SLICES)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u) {
  let r = group.z;
  let column = group.x * COLUMNS + thread.x;
  let readable = min(column, C - 1u);
  var sum: vec2f;
  // Four rows at once, so that their loads do not wait for each other.
  for (var row = thread.y; row < ROWS; row += 4u * SLICES) {
    let parts = mat4x2f(
      part_of(r, row, readable),
      part_of(r, row + SLICES, readable),
      part_of(r, row + 2u * SLICES, readable),
      part_of(r, row + 3u * SLICES, readable),
    );
    sum = (((sum + parts[0]) + parts[1]) + parts[2]) + parts[3];
  }
  partials[thread.y * COLUMNS + thread.x] = sum;
  workgroupBarrier();

  // The first slice writes dgain, the second dbias.
  if (thread.y > 1u || column >= C) { return; }
  var total = 0f;
  for (var slice = 0u; slice < SLICES; slice++) { total += partials[slice * COLUMNS + thread.x][thread.y]; }
  let i = r * GRADIENTS_STRIDE + thread.y * DBIAS_OFFSET + column;
  if (ACCUMULATES) {
    gradients[i] += total;
  } else {
    gradients[i] = total;
  }
}
