// Y = A · B the plain way, one output per thread: the oracle on the GPU, and the slow side of lesson `kernels`.
//
//   A  [R, M, K] or, if A_TRANSPOSED, [R, K, M]
//   B  [R, K, N] or, if B_TRANSPOSED, [R, N, K]
//   Y  [R, M, N]  =
//
// Workgroup: 8 × 8 threads, 8 × 8 outputs. Grid: (⌈N/8⌉, ⌈M/8⌉, R).

@group(0) @binding(0) var<storage, read> A: array<f32>;
@group(0) @binding(1) var<storage, read> B: array<f32>;
@group(0) @binding(2) var<storage, read_write> Y: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let n = id.x;
  let m = id.y;
  let r = id.z;
  if (m >= M || n >= N) { return; }
  var sum = 0f;
  for (var k = 0u; k < K; k++) {
    let a = A[r * A_STRIDE + select(m * K + k, k * M + m, A_TRANSPOSED)];
    let b = B[r * B_STRIDE + select(k * N + n, n * K + k, B_TRANSPOSED)];
    sum = fma(a, b, sum);
  }
  Y[r * Y_STRIDE + m * N + n] = sum;
}
