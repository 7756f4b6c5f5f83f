// Causal attention as in attention_forward.wgsl, without workgroup memory (attention_subgroup.wgsl).
//
//   s[t, u] = q[t] · k[u] / √D,  u ≤ t
//   lse[t]  = ln Σ_u exp s[t, u]
//   out[t]  = Σ_u exp(s[t, u] − lse[t]) v[u]
//
//   qkv  [R, B, T, 3C]
//   out  [R, B, T, C]       =
//   lse  [R, B, H, T]       =  for the backward pass
//
// Workgroup: 8 threads, one query each; the keys come 8 at a time, in ascending order. Grid: (⌈T/8⌉, B·H, R).

@group(0) @binding(1) var<storage, read_write> out: array<Lane>;
@group(0) @binding(2) var<storage, read_write> lse: array<f32>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) thread: u32) {
  let r = group.z;
  let sequence = group.y;
  let first = group.x * THREADS;
  let query = first + thread;
  var q = array<Lane, CHUNKS>();
  let q_at = r * QKV_STRIDE + qkv_row(sequence, query, Q);
  for (var d = 0u; d < chunks(); d++) { q[d] = qkv[q_at + d]; }
  var sum = array<Lane, CHUNKS>(); // Σ exp(s − most) v
  var most = -1e30f;
  var weight = 0f;                 // Σ exp(s − most)

  for (var key0 = 0u; key0 <= first; key0 += THREADS) {
    let k_at = r * QKV_STRIDE + qkv_row(sequence, key0 + thread, K);
    var products = array<Lane, THREADS>();
    for (var d = 0u; d < chunks(); d++) {
      let k = of_all_threads(qkv[k_at + d]);
      for (var i = 0u; i < THREADS; i++) { products[i] = fma(q[d], k[i], products[i]); }
    }

    var p = array<f32, THREADS>();
    let before = most;
    for (var i = 0u; i < THREADS; i++) {
      p[i] = select(-1e30f, total(products[i]) * SCALE, key0 + i <= query);
      most = max(most, p[i]);
    }
    let decay = exp(before - most);
    weight *= decay;
    for (var i = 0u; i < THREADS; i++) {
      p[i] = exp(p[i] - most);
      weight += p[i];
    }

    let v_at = r * QKV_STRIDE + qkv_row(sequence, key0 + thread, V);
    for (var d = 0u; d < chunks(); d++) {
      let v = of_all_threads(qkv[v_at + d]);
      var value = sum[d] * decay;
      for (var i = 0u; i < THREADS; i++) { value = fma(Lane(p[i]), v[i], value); }
      sum[d] = value;
    }
  }

  if (query >= T) { return; }
  lse[r * LSE_STRIDE + sequence * T + query] = most + log(weight);
  let at = r * OUT_STRIDE + out_row(sequence, query);
  for (var d = 0u; d < chunks(); d++) { out[at + d] = sum[d] / weight; }
}
