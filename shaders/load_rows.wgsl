// Copies rows step · B … step · B + B − 1 of an evaluation set, in order.
//
//   batch_inputs[i]  = inputs[min(row, ROWS − 1)]                         [R, B, INPUT_WIDTH]   =
//   batch_targets[i] = targets[row], and for row ≥ ROWS
//                      −1 if INTEGER_TARGETS, targets[ROWS − 1] if not    [R, B, TARGET_WIDTH]  =
//
// Workgroup: 64 threads, one per element of the batch. Grid: (⌈B (INPUT_WIDTH + TARGET_WIDTH) / 64⌉, 1, R).

@group(0) @binding(0) var<storage, read> inputs: array<u32>;             // [R, ROWS, INPUT_WIDTH], stride 0 if shared
@group(0) @binding(1) var<storage, read> targets: array<u32>;            // [R, ROWS, TARGET_WIDTH], stride 0 if shared
@group(0) @binding(2) var<storage, read> state: array<State>;            // [R]
@group(0) @binding(3) var<storage, read_write> batch_inputs: array<u32>;
@group(0) @binding(4) var<storage, read_write> batch_targets: array<u32>;

const MINUS_ONE = 0xffffffffu; // as i32

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let i = id.x / (INPUT_WIDTH + TARGET_WIDTH);
  let column = id.x % (INPUT_WIDTH + TARGET_WIDTH);
  if (i >= B) { return; }

  let wanted = min(state[r].step, BATCHES) * B + i; // no overflow: BATCHES · B < ROWS + B
  let row = min(wanted, ROWS - 1u);

  if (column < INPUT_WIDTH) {
    batch_inputs[r * BATCH_INPUTS_STRIDE + i * INPUT_WIDTH + column] =
      inputs[r * INPUTS_STRIDE + row * INPUT_WIDTH + column];
  } else {
    let c = column - INPUT_WIDTH;
    let value = targets[r * TARGETS_STRIDE + row * TARGET_WIDTH + c];
    batch_targets[r * BATCH_TARGETS_STRIDE + i * TARGET_WIDTH + c] =
      select(value, MINUS_ONE, INTEGER_TARGETS && wanted >= ROWS);
  }
}
