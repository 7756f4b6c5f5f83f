// Gradient of causal attention as in attention_backward.wgsl, without workgroup memory (attention_register.wgsl).
//
//   p[t, u]  = exp(q[t] · k[u] / √D − lse[t]),  u ≤ t
//   δ[t]     = dout[t] · out[t]
//   ds[t, u] = p[t, u] (dout[t] · v[u] − δ[t])
//   dq[t] = Σ_u ds[t, u] k[u] / √D,   dk[u] = Σ_t ds[t, u] q[t] / √D,   dv[u] = Σ_t p[t, u] dout[t]
//
//   qkv   [R, B, T, 3C]
//   out   [R, B, T, C]
//   lse   [R, B, H, T]
//   dout  [R, B, T, C]
//   dqkv  [R, B, T, 3C]      =
//
// The threads of the first ⌈T/4⌉ blocks own 4 queries each and go through the keys up to them; the others own 4 keys
// and go through the queries from them on, both 4 at a time, in ascending order. Each thread meets both loops, and goes
// through one. Grid: (2 ⌈B·H · ⌈T/4⌉ / 64⌉, 1, R).

@group(0) @binding(1) var<storage, read> out: array<Lane>;
@group(0) @binding(2) var<storage, read> lse: array<f32>;
@group(0) @binding(3) var<storage, read> dout: array<Lane>;
@group(0) @binding(4) var<storage, read_write> dqkv: array<Lane>;

// Four lanes of dout and of out, a row each.
fn dout_block(at: vec4u) -> mat4x4f {
  return mat4x4f(wide(dout[at.x]), wide(dout[at.y]), wide(dout[at.z]), wide(dout[at.w]));
}
fn out_block(at: vec4u) -> mat4x4f {
  return mat4x4f(wide(out[at.x]), wide(out[at.y]), wide(out[at.z]), wide(out[at.w]));
}

// lse and δ of queries t to t + 3.
fn log_sums(r: u32, sequence: u32, t: u32) -> vec4f {
  let at = r * LSE_STRIDE + sequence * T + times(t);
  return vec4f(lse[at.x], lse[at.y], lse[at.z], lse[at.w]);
}
fn deltas(r: u32, sequence: u32, t: u32) -> vec4f {
  let at = out_rows(sequence, t);
  var sum = mat4x4f();
  for (var d = 0u; d < chunks(); d++) {
    let a = dout_block(r * DOUT_STRIDE + at + d);
    let b = out_block(r * OUT_STRIDE + at + d);
    sum = mat4x4f(fma(a[0], b[0], sum[0]), fma(a[1], b[1], sum[1]), fma(a[2], b[2], sum[2]), fma(a[3], b[3], sum[3]));
  }
  let terms = transpose(sum);
  return (terms[0] + terms[1]) + (terms[2] + terms[3]);
}

// Which of 4 keys a query sees, if there is such a query.
fn seen_by(keys: vec4u, query: u32) -> vec4<bool> { return (keys <= vec4u(query)) & vec4<bool>(query < T); }

// p of 4 pairs.
fn weights_of(s: vec4f, log_sum: vec4f, visible: vec4<bool>) -> vec4f {
  return select(vec4f(0f), exp(s * SCALE - log_sum), visible);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let r = id.z;
  let sequence = id.x % SEQUENCES;
  let block = id.x / SEQUENCES;
  if (block >= 2u * BLOCKS) { return; }
  let owns_queries = block < BLOCKS;
  let own = select(block - BLOCKS, block, owns_queries) * 4u;
  let rows = own + vec4u(0u, 1u, 2u, 3u);
  var left = array<mat4x4f, CHUNKS>();     // q or k, transposed: [d][row]
  let left_at = r * QKV_STRIDE + qkv_rows(sequence, own, select(K, Q, owns_queries));
  for (var d = 0u; d < chunks(); d++) { left[d] = transpose(qkv_block(left_at + d)); }
  var right = array<mat4x4f, CHUNKS>();    // dout or v
  var gradient = array<mat4x4f, CHUNKS>(); // dq √D, or dk √D: [row][d]
  var dv = array<mat4x4f, CHUNKS>();

  for (var d = select(chunks(), 0u, owns_queries); d < chunks(); d++) {
    right[d] = transpose(dout_block(r * DOUT_STRIDE + out_rows(sequence, own) + d));
  }
  let own_log_sums = log_sums(r, sequence, own);
  let own_deltas = deltas(r, sequence, own);
  for (var key = select(T, 0u, owns_queries); key <= own; key += 4u) {
    let k_at = r * QKV_STRIDE + qkv_rows(sequence, key, K);
    let v_at = r * QKV_STRIDE + qkv_rows(sequence, key, V);
    var s = mat4x4f();                     // [key][query]
    var dp = mat4x4f();
    for (var d = 0u; d < chunks(); d++) {
      s = add_products(s, transpose(qkv_block(k_at + d)), left[d]);
      dp = add_products(dp, transpose(qkv_block(v_at + d)), right[d]);
    }
    let ds = mat4x4f(
      weights_of(s[0], own_log_sums, vec4u(key) <= rows) * (dp[0] - own_deltas),
      weights_of(s[1], own_log_sums, vec4u(key + 1u) <= rows) * (dp[1] - own_deltas),
      weights_of(s[2], own_log_sums, vec4u(key + 2u) <= rows) * (dp[2] - own_deltas),
      weights_of(s[3], own_log_sums, vec4u(key + 3u) <= rows) * (dp[3] - own_deltas),
    );
    for (var d = 0u; d < chunks(); d++) { gradient[d] = add_weighted(gradient[d], ds, qkv_block(k_at + d)); }
  }

  for (var d = select(0u, chunks(), owns_queries); d < chunks(); d++) {
    right[d] = transpose(qkv_block(r * QKV_STRIDE + qkv_rows(sequence, own, V) + d));
  }
  for (var query = select(own, T, owns_queries); query < T; query += 4u) {
    let q_at = r * QKV_STRIDE + qkv_rows(sequence, query, Q);
    let dout_at = r * DOUT_STRIDE + out_rows(sequence, query);
    var s = mat4x4f();                     // [query][key]
    var dp = mat4x4f();
    for (var d = 0u; d < chunks(); d++) {
      s = add_products(s, transpose(qkv_block(q_at + d)), left[d]);
      dp = add_products(dp, transpose(dout_block(dout_at + d)), right[d]);
    }
    let lses = log_sums(r, sequence, query);
    let delta = deltas(r, sequence, query);
    let p = mat4x4f(
      weights_of(s[0], vec4f(lses[0]), seen_by(rows, query)),
      weights_of(s[1], vec4f(lses[1]), seen_by(rows, query + 1u)),
      weights_of(s[2], vec4f(lses[2]), seen_by(rows, query + 2u)),
      weights_of(s[3], vec4f(lses[3]), seen_by(rows, query + 3u)),
    );
    let ds = mat4x4f(
      p[0] * (dp[0] - delta[0]),
      p[1] * (dp[1] - delta[1]),
      p[2] * (dp[2] - delta[2]),
      p[3] * (dp[3] - delta[3]),
    );
    for (var d = 0u; d < chunks(); d++) {
      gradient[d] = add_weighted(gradient[d], ds, qkv_block(q_at + d));
      dv[d] = add_weighted(dv[d], p, dout_block(dout_at + d));
    }
  }

  let part = select(K, Q, owns_queries);
  let at = r * DQKV_STRIDE + qkv_rows(sequence, own, part);
  for (var i = 0u; i < min(4u, T - own); i++) {
    for (var d = 0u; d < chunks(); d++) { dqkv[at[i] + d] = narrow(gradient[d][i] * SCALE); }
    for (var d = select(0u, chunks(), owns_queries); d < chunks(); d++) { dqkv[at[i] + C_LANES + d] = narrow(dv[d][i]); }
  }
}
