// Gradient of causal attention. The weights are computed again from the log-sum-exp, so no T × T matrix is kept.
//
//   p[t, u]  = exp(q[t] · k[u] / √D − lse[t]),  u ≤ t            Dao et al., arXiv 2205.14135, algorithm 4
//   δ[t]     = dout[t] · out[t]
//   ds[t, u] = p[t, u] (dout[t] · v[u] − δ[t])
//   dq[t] = Σ_u ds[t, u] k[u] / √D,   dk[u] = Σ_t ds[t, u] q[t] / √D,   dv[u] = Σ_t p[t, u] dout[t]
//
//   qkv   [R, B, T, 3C]         (attention_tile.wgsl)
//   out   [R, B, T, C]
//   lse   [R, B, H, T]
//   dout  [R, B, T, C]
//   dqkv  [R, B, T, 3C]      =
//
// Workgroup: 64 threads, which own 32 rows. Two phases, told apart by the workgroup, so that each gradient has one
// writer: the first ⌈LENGTH/32⌉ workgroups own queries and go through the keys up to them; the others own keys and
// go through the queries from them on. Both are one loop over tiles of other rows, in ascending order:
//
//   phase    own rows  other rows   weights                      own gradients
//   queries  q, dout   k, v         own[0] · other[0] → p        dq = Σ ds other[0]
//   keys     k, v      q, dout      own[1] · other[1] → ds       dk = Σ ds other[0],  dv = Σ p other[1]
//
// Grid: (2 ⌈LENGTH/32⌉, ⌈B·H/SEQUENCES⌉, R).

@group(0) @binding(1) var<storage, read> out: array<f32>;
@group(0) @binding(2) var<storage, read> lse: array<f32>;
@group(0) @binding(3) var<storage, read> dout: array<f32>;
@group(0) @binding(4) var<storage, read_write> dqkv: array<f32>;

const TILES = (LENGTH + TILE - 1u) / TILE;

var<workgroup> partials: array<f32, THREADS>; // halves of δ, two for each of 32 queries

// Column d of rows `row` to row + 3, of what goes with a query (dout) or with a key (v).
fn second_column(r: u32, first: u32, row: u32, of_queries: bool, d: u32) -> vec4f {
  if (!of_queries) { return qkv_column(r, first, row, V, d); }
  let i = r * DOUT_STRIDE + min(d, D - 1u);
  return vec4f(
    dout[i + out_row(first, row)],
    dout[i + out_row(first, row + 1u)],
    dout[i + out_row(first, row + 2u)],
    dout[i + out_row(first, row + 3u)],
  );
}
// Columns d to d+3 of a row.
fn dout_columns(r: u32, first: u32, row: u32, d: u32) -> vec4f {
  let i = r * DOUT_STRIDE + out_row(first, row);
  return vec4f(
    dout[i + min(d, D - 1u)],
    dout[i + min(d + 1u, D - 1u)],
    dout[i + min(d + 2u, D - 1u)],
    dout[i + min(d + 3u, D - 1u)],
  );
}

// Each thread adds half of the columns for one of 32 queries. `delta` is for after the next barrier.
fn stage_delta(r: u32, first: u32, query0: u32, thread: u32) {
  let row = out_row(first, query0 + thread / 2u);
  var sum = 0f;
  for (var d = row + thread % 2u; d < row + D; d += 2u) { sum += dout[r * DOUT_STRIDE + d] * out[r * OUT_STRIDE + d]; }
  partials[thread] = sum;
}
fn delta(i: u32) -> f32 { return partials[2u * i] + partials[2u * i + 1u]; }

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let first = group.y * SEQUENCES;
  let owns_queries = group.x < TILES;
  let own0 = select(group.x - TILES, group.x, owns_queries) * TILE;
  let x = thread % 8u;
  let y = thread / 8u;
  let own = own0 + 4u * y;
  var gradient = array<mat4x4f, CHUNKS>(); // dq √D, or dk √D
  var dv = array<mat4x4f, CHUNKS>();

  let start = select(own0, 0u, owns_queries);
  let end = select(LENGTH, own0 + 1u, owns_queries);
  for (var other0 = start; other0 < end; other0 += TILE) {
    var p = mat4x4f();  // own[0] · other[0]
    var ds = mat4x4f(); // own[1] · other[1]
    for (var step = 0u; step < 2u * CHUNKS; step++) {
      let second = step % 2u == 1u;
      let d0 = step / 2u * TILE;
      workgroupBarrier();
      if (step == 0u) { stage_delta(r, first, select(other0, own0, owns_queries), thread); }
      for (var i = thread; i < TILE * TILE / 4u; i += THREADS) {
        let d = i % TILE;
        let row = i / TILE * 4u;
        let at = d * ROW + row / 4u;
        if (second) {
          factors[LEFT + at] = second_column(r, first, own0 + row, owns_queries, d0 + d);
          factors[RIGHT + at] = second_column(r, first, other0 + row, !owns_queries, d0 + d);
        } else {
          factors[LEFT + at] = qkv_column(r, first, own0 + row, select(K, Q, owns_queries), d0 + d);
          factors[RIGHT + at] = qkv_column(r, first, other0 + row, select(Q, K, owns_queries), d0 + d);
        }
      }
      workgroupBarrier();
      let product = multiply(thread, min(TILE, D - d0));
      if (second) { ds += product; } else { p += product; }
    }

    let others = other0 + 4u * x + vec4u(0u, 1u, 2u, 3u);
    let owned = own + vec4u(0u, 1u, 2u, 3u);
    let queries = select(others, owned, vec4<bool>(owns_queries));
    var lses = vec4f(0f);
    var deltas = vec4f(0f);
    for (var i = 0u; i < 4u; i++) {
      lses[i] = lse[r * LSE_STRIDE + lse_row(first, queries[i])];
      deltas[i] = delta(queries[i] % TILE);
    }
    for (var i = 0u; i < 4u; i++) {
      let row = vec4u(owned[i]);
      let visible = select(sees(others, row) & rows_exist(first, others), sees(row, others), vec4<bool>(owns_queries));
      let lse_of = select(lses, vec4f(lses[i]), vec4<bool>(owns_queries));
      let delta_of = select(deltas, vec4f(deltas[i]), vec4<bool>(owns_queries));
      p[i] = select(vec4f(0f), exp(p[i] * SCALE - lse_of), visible);
      ds[i] = p[i] * (ds[i] - delta_of);
    }

    let products = select(2u, 1u, owns_queries) * CHUNKS;
    for (var step = 0u; step < products; step++) {
      let second = step >= CHUNKS;
      let chunk = step % CHUNKS;
      workgroupBarrier();
      if (chunk == 0u) {
        var weights = ds;
        if (second) { weights = p; }
        stage_block(thread, weights);
      }
      for (var i = thread; i < TILE * TILE / 4u; i += THREADS) {
        let column = i % 8u;
        let row = i / 8u;
        let d = chunk * TILE + 4u * column;
        if (second) {
          factors[RIGHT + row * ROW + column] = dout_columns(r, first, other0 + row, d);
        } else {
          let part = select(Q, K, owns_queries);
          factors[RIGHT + row * ROW + column] = qkv_columns(r, first, other0 + row, part, d);
        }
      }
      workgroupBarrier();
      let product = multiply(thread, min(TILE, LENGTH - other0));
      // Constant indices keep the sums in registers.
      for (var c = 0u; c < CHUNKS; c++) {
        if (c == chunk && second) { dv[c] += product; }
        if (c == chunk && !second) { gradient[c] += product; }
      }
    }
  }

  let exists = rows_exist(first, own + vec4u(0u, 1u, 2u, 3u));
  for (var chunk = 0u; chunk < CHUNKS; chunk++) {
    let d = chunk * TILE + 4u * x;
    // dq, or dk and then dv
    for (var part = select(K, Q, owns_queries); part <= select(V, Q, owns_queries); part++) {
      var block = gradient[chunk] * SCALE;
      if (part == V) { block = dv[chunk]; }
      for (var i = 0u; i < 4u; i++) {
        if (!exists[i]) { break; }
        let at = r * DQKV_STRIDE + qkv_row(first, own + i, part) + d;
        for (var c = 0u; c < 4u; c++) { if (d + c < D) { dqkv[at + c] = block[i][c]; } }
      }
    }
  }
}
