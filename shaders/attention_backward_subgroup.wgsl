// Gradient of causal attention as in attention_backward.wgsl, without workgroup memory (attention_subgroup.wgsl).
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
// Workgroup: 8 threads, one row each. The first ⌈T/8⌉ workgroups own queries and go through the keys up to them; the
// others own keys and go through the queries from them on, both in ascending order:
//
//   phase    own rows  other rows   gradients
//   queries  q, dout   k, v         dq = Σ ds k
//   keys     k, v      q, dout      dk = Σ ds q,  dv = Σ p dout
//
// Grid: (2 ⌈T/8⌉, B·H, R).

@group(0) @binding(1) var<storage, read> out: array<Lane>;
@group(0) @binding(2) var<storage, read> lse: array<f32>;
@group(0) @binding(3) var<storage, read> dout: array<Lane>;
@group(0) @binding(4) var<storage, read_write> dqkv: array<Lane>;

// Lane d of what goes with a query (dout) or with a key (v).
fn second_lane(r: u32, sequence: u32, row: u32, of_queries: bool, d: u32) -> Lane {
  if (of_queries) { return dout[r * DOUT_STRIDE + out_row(sequence, row) + d]; }
  return qkv[r * QKV_STRIDE + qkv_row(sequence, row, V) + d];
}

// lse and δ of a query.
fn statistics(r: u32, sequence: u32, query: u32) -> vec2f {
  let row = out_row(sequence, query);
  var delta = Lane();
  for (var d = 0u; d < chunks(); d++) {
    delta = fma(dout[r * DOUT_STRIDE + row + d], out[r * OUT_STRIDE + row + d], delta);
  }
  return vec2f(lse[r * LSE_STRIDE + sequence * T + min(query, T - 1u)], total(delta));
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) thread: u32) {
  let r = group.z;
  let sequence = group.y;
  let owns_queries = group.x < BLOCKS;
  let own0 = select(group.x - BLOCKS, group.x, owns_queries) * THREADS;
  let own = own0 + thread;
  var left = array<Lane, CHUNKS>();  // q or k
  var right = array<Lane, CHUNKS>(); // dout or v
  let own_at = r * QKV_STRIDE + qkv_row(sequence, own, select(K, Q, owns_queries));
  for (var d = 0u; d < chunks(); d++) {
    left[d] = qkv[own_at + d];
    right[d] = second_lane(r, sequence, own, owns_queries, d);
  }
  var gradient = array<Lane, CHUNKS>(); // dq √D, or dk √D
  var dv = array<Lane, CHUNKS>();
  let own_statistics = statistics(r, sequence, own);

  let start = select(own0, 0u, owns_queries);
  let end = select(T, own0 + 1u, owns_queries);
  for (var other0 = start; other0 < end; other0 += THREADS) {
    let other = other0 + thread;
    let other_at = r * QKV_STRIDE + qkv_row(sequence, other, select(Q, K, owns_queries));
    var s = array<Lane, THREADS>();
    var dp = array<Lane, THREADS>();
    for (var d = 0u; d < chunks(); d++) {
      let first = of_all_threads(qkv[other_at + d]);
      for (var i = 0u; i < THREADS; i++) { s[i] = fma(left[d], first[i], s[i]); }
      let second = of_all_threads(second_lane(r, sequence, other, !owns_queries, d));
      for (var i = 0u; i < THREADS; i++) { dp[i] = fma(right[d], second[i], dp[i]); }
    }

    var p = array<f32, THREADS>();
    var ds = array<f32, THREADS>();
    var lses = array<f32, THREADS>();
    var deltas = array<f32, THREADS>();
    if (!owns_queries) {
      let of_other = statistics(r, sequence, other);
      lses = numbers_of_all_threads(of_other.x);
      deltas = numbers_of_all_threads(of_other.y);
    }
    for (var i = 0u; i < THREADS; i++) {
      let row = other0 + i;
      let of_pair = select(vec2f(lses[i], deltas[i]), own_statistics, owns_queries);
      let visible = select(own <= row && row < T, row <= own, owns_queries);
      p[i] = select(0f, exp(total(s[i]) * SCALE - of_pair.x), visible);
      ds[i] = p[i] * (total(dp[i]) - of_pair.y);
    }

    for (var d = 0u; d < chunks(); d++) {
      let first = of_all_threads(qkv[other_at + d]);
      var sum = gradient[d];
      for (var i = 0u; i < THREADS; i++) { sum = fma(Lane(ds[i]), first[i], sum); }
      gradient[d] = sum;
    }
    if (!owns_queries) {
      for (var d = 0u; d < chunks(); d++) {
        let second = of_all_threads(second_lane(r, sequence, other, true, d));
        var sum = dv[d];
        for (var i = 0u; i < THREADS; i++) { sum = fma(Lane(p[i]), second[i], sum); }
        dv[d] = sum;
      }
    }
  }

  if (own >= T) { return; }
  let at = r * DQKV_STRIDE + qkv_row(sequence, own, select(K, Q, owns_queries));
  for (var d = 0u; d < chunks(); d++) { dqkv[at + d] = gradient[d] * SCALE; }
  if (owns_queries) { return; }
  for (var d = 0u; d < chunks(); d++) { dqkv[at + C_LANES + d] = dv[d]; }
}
