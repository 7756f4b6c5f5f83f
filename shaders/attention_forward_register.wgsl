// Causal attention as in attention_forward.wgsl, without workgroup memory (attention_register.wgsl).
//
//   s[t, u] = q[t] · k[u] / √D,  u ≤ t
//   lse[t]  = ln Σ_u exp s[t, u]
//   out[t]  = Σ_u exp(s[t, u] − lse[t]) v[u]
//
//   qkv  [R, B, T, 3C]
//   out  [R, B, T, C]       =
//   lse  [R, B, H, T]       =  for the backward pass
//
// Each thread has 4 queries; the keys come 4 at a time, in ascending order. Grid: (⌈B·H · ⌈T/4⌉ / 64⌉, 1, R).

@group(0) @binding(1) var<storage, read_write> out: array<Lane>;
@group(0) @binding(2) var<storage, read_write> lse: array<f32>;

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let sequence = id.x % SEQUENCES;
  let query = id.x / SEQUENCES * 4u;
  if (query >= T) { return; }
  let queries = query + vec4u(0u, 1u, 2u, 3u);
  var q = array<mat4x4f, CHUNKS>();   // transposed: [d][query]
  let q_at = r * QKV_STRIDE + qkv_rows(sequence, query, Q);
  for (var d = 0u; d < chunks(); d++) { q[d] = transpose(qkv_block(q_at + d)); }
  var sum = array<mat4x4f, CHUNKS>(); // Σ exp(s − most) v, [query][d]
  var most = vec4f(-1e30f);
  var weight = vec4f(0f);             // Σ exp(s − most)

  for (var key = 0u; key <= query; key += 4u) {
    let k_at = r * QKV_STRIDE + qkv_rows(sequence, key, K);
    var s = mat4x4f();                // [key][query]
    for (var d = 0u; d < chunks(); d++) { s = add_products(s, transpose(qkv_block(k_at + d)), q[d]); }

    let before = most;
    let first = select(vec4f(-1e30f), s[0] * SCALE, vec4u(key) <= queries);
    let second = select(vec4f(-1e30f), s[1] * SCALE, vec4u(key + 1u) <= queries);
    let third = select(vec4f(-1e30f), s[2] * SCALE, vec4u(key + 2u) <= queries);
    let fourth = select(vec4f(-1e30f), s[3] * SCALE, vec4u(key + 3u) <= queries);
    most = max(max(most, max(first, second)), max(third, fourth));
    let decay = exp(before - most);
    let p = mat4x4f(exp(first - most), exp(second - most), exp(third - most), exp(fourth - most));
    weight = weight * decay + ((p[0] + p[1]) + (p[2] + p[3]));

    let v_at = r * QKV_STRIDE + qkv_rows(sequence, key, V);
    for (var d = 0u; d < chunks(); d++) {
      let old = sum[d];
      let decayed = mat4x4f(old[0] * decay.x, old[1] * decay.y, old[2] * decay.z, old[3] * decay.w);
      sum[d] = add_weighted(decayed, p, qkv_block(v_at + d));
    }
  }

  let log_sums = most + log(weight);
  let out_at = r * OUT_STRIDE + out_rows(sequence, query);
  for (var i = 0u; i < min(4u, T - query); i++) {
    lse[r * LSE_STRIDE + sequence * T + query + i] = log_sums[i];
    for (var d = 0u; d < chunks(); d++) { out[out_at[i] + d] = narrow(sum[d][i] / weight[i]); }
  }
}
