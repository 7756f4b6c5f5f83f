// copy = source: the memory's speed, and with one workgroup the price of a dispatch.
//
//   source, copy  [N], N a multiple of 4               copy =
//
// Workgroup: THREADS, 4 values each. Grid: ⌈N / (4 · THREADS)⌉.

@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> copy: array<vec4f>;

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < N / 4u) { copy[id.x] = source[id.x]; }
}
