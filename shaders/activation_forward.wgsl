// y = activation(x), element by element: for where no product is near whose epilogue could do it.
//
//   x  [R, N]
//   y  [R, N]  =
//
// Workgroup: THREADS, 4 elements each, THREADS apart. Grid: (⌈N / (4 · THREADS)⌉, 1, R).

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let first = group.x * 4u * THREADS + thread;
  let last = min(first + 3u * THREADS, N - 1u);
  let r = group.z;
  for (var i = first; i <= last; i += THREADS) {
    y[r * Y_STRIDE + i] = activate(vec4f(x[r * X_STRIDE + i])).x;
  }
}
