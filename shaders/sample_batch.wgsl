// Draws a batch from a pool without replacement: each epoch visits every row once, in an order of its own.
//
//   g = step · B + i                        number of the batch's example i since the start, of any size
//   row = π(g mod n)                        π: permutation of 0 … n − 1 keyed by (seed, ⌊g / n⌋ mod 2³²)
//   batch_inputs[i]  = inputs[row]          [R, B, INPUT_WIDTH]   =
//   batch_targets[i] = targets[row]         [R, B, TARGET_WIDTH]  =
//   state.count     += number of the batch's targets ≥ 0, if COUNTS: end_step leaves it at 0
//
// n = ROWS or, if OWN_ROWS, state.rows: the first so many of the pool. π: permute.wgsl. If IN_ORDER, row = g mod n.
// Pools are copied as bits, so that they may hold i32 or f32: inputs an Element of SIZE words at a time, u32 or, where
// rows are multiples of 4 long, vec4u. src/kernels/permutation.ts computes the same rows.
//
// Workgroup: 64 threads, LANES for each example: π is dear, so each thread copies more than one element of a wide row.
// Grid: (⌈B · LANES / 64⌉, 1, R).

@group(0) @binding(0) var<storage, read> inputs: array<Element>;         // [R, ROWS, INPUT_WIDTH], stride 0 if shared
@group(0) @binding(1) var<storage, read> targets: array<u32>;            // [R, ROWS, TARGET_WIDTH], stride 0 if shared
@group(0) @binding(2) var<storage, read_write> state: array<atomic<u32>>; // [R, STATE_WORDS], because one word is counted in
@group(0) @binding(3) var<storage, read_write> batch_inputs: array<Element>;
@group(0) @binding(4) var<storage, read_write> batch_targets: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let i = id.x / LANES;
  let lane = id.x % LANES;
  if (i >= B) { return; }

  var rows = ROWS;
  if (OWN_ROWS) { rows = atomicLoad(&state[r * STATE_WORDS + OWN]); }
  // g mod n and ⌊g / n⌋ without forming g: (ROWS + 1) · B < 2³² is enough for every step.
  let step = atomicLoad(&state[r * STATE_WORDS + STEP]);
  let within = (step % rows) * B + i;
  let position = within % rows;
  let epoch = (step / rows) * B + within / rows;
  var row = position;
  if (!IN_ORDER) { row = permute(position, rows, atomicLoad(&state[r * STATE_WORDS + SEED]), epoch); }

  for (var c = lane; c < INPUT_WIDTH / SIZE; c += LANES) {
    batch_inputs[(r * BATCH_INPUTS_STRIDE + i * INPUT_WIDTH) / SIZE + c] =
      inputs[(r * INPUTS_STRIDE + row * INPUT_WIDTH) / SIZE + c];
  }
  for (var c = lane; c < TARGET_WIDTH; c += LANES) {
    let value = targets[r * TARGETS_STRIDE + row * TARGET_WIDTH + c];
    batch_targets[r * BATCH_TARGETS_STRIDE + i * TARGET_WIDTH + c] = value;
    if (COUNTS && bitcast<i32>(value) >= 0) { atomicAdd(&state[r * STATE_WORDS + COUNT], 1u); }
  }
}
