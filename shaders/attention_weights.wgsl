// The attention weights written out, for pictures: one per thread.
//
//   weights[t, u] = exp(q[t] · k[u] / √D − lse[t]) where u ≤ t, else 0
//
//   qkv      [R, B, T, 3C]           q | k | v side by side, each C = H · D wide
//   lse      [R, B, H, T]
//   weights  [R, B, H, T, T]      =
//
// Workgroup: THREADS (64) weights of one head of one example. Grid: (⌈T²/THREADS⌉, B·H, R).

@group(0) @binding(0) var<storage, read> qkv: array<f32>;
@group(0) @binding(1) var<storage, read> lse: array<f32>;
@group(0) @binding(2) var<storage, read_write> weights: array<f32>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let pair = group.x * THREADS + thread;
  if (pair >= T * T) { return; }
  let t = pair / T;
  let u = pair % T;
  let head = group.y;
  let r = group.z;
  var weight = 0f;
  if (u <= t) {
    let rows = r * QKV_STRIDE + head / H * T * (3u * H * D) + head % H * D;
    let q = rows + t * (3u * H * D);
    let k = rows + u * (3u * H * D) + H * D;
    var product = 0f;
    for (var d = 0u; d < D; d++) { product += qkv[q + d] * qkv[k + d]; }
    weight = exp(product * SCALE - lse[r * LSE_STRIDE + head * T + t]);
  }
  weights[r * WEIGHTS_STRIDE + head * T * T + pair] = weight;
}
