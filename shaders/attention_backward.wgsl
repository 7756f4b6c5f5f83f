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
// Workgroup: 64 threads, 32 rows. Two phases, told apart by the workgroup, so that each gradient has one writer:
// the first ⌈LENGTH/32⌉ workgroups own 32 queries and sum over the keys up to them, the others own 32 keys and sum
// over the queries from them on; both in ascending order. Grid: (2 ⌈LENGTH/32⌉, ⌈B·H/SEQUENCES⌉, R).

@group(0) @binding(1) var<storage, read> out: array<f32>;
@group(0) @binding(2) var<storage, read> lse: array<f32>;
@group(0) @binding(3) var<storage, read> dout: array<f32>;
@group(0) @binding(4) var<storage, read_write> dqkv: array<f32>;

const TILES = (LENGTH + TILE - 1u) / TILE;

var<workgroup> partials: array<f32, THREADS>; // halves of δ, two for each of 32 queries

struct Place {
  r: u32,
  first: u32, // sequence
  x: u32,
  y: u32,
  thread: u32,
}

fn load_dout(at: Place, row: u32, d: u32) -> mat4x4f {
  var block = mat4x4f();
  for (var i = 0u; i < 4u; i++) {
    let j = at.r * DOUT_STRIDE + out_row(at.first, row + i);
    for (var c = 0u; c < 4u; c++) { block[i][c] = select(0f, dout[j + min(d + c, D - 1u)], d + c < D); }
  }
  return block;
}

fn store_dqkv(at: Place, row: u32, part: u32, d: u32, block: mat4x4f) {
  for (var i = 0u; i < 4u; i++) {
    if (!row_exists(at.first, row + i)) { break; }
    let j = at.r * DQKV_STRIDE + qkv_row(at.first, row + i, part) + d;
    for (var c = 0u; c < 4u; c++) { if (d + c < D) { dqkv[j + c] = block[i][c]; } }
  }
}

// Each thread adds half of the columns for one of 32 queries. `deltas` is for after the next barrier.
fn stage_deltas(at: Place, query0: u32) {
  let row = out_row(at.first, query0 + at.thread / 2u);
  var sum = 0f;
  for (var d = at.thread % 2u; d < D; d += 2u) {
    sum += dout[at.r * DOUT_STRIDE + row + d] * out[at.r * OUT_STRIDE + row + d];
  }
  partials[at.thread] = sum;
}
// δ of queries i to i + 3 of the tile.
fn deltas(i: u32) -> vec4f {
  var value = vec4f(0f);
  for (var j = 0u; j < 4u; j++) { value[j] = partials[2u * (i + j)] + partials[2u * (i + j) + 1u]; }
  return value;
}
fn lses(at: Place, query: u32) -> vec4f {
  var value = vec4f(0f);
  for (var j = 0u; j < 4u; j++) { value[j] = lse[at.r * LSE_STRIDE + lse_row(at.first, query + j)]; }
  return value;
}

fn query_phase(at: Place, query0: u32) {
  let query = query0 + 4u * at.y;
  var dq = array<mat4x4f, CHUNKS>();
  stage_deltas(at, query0);
  let lse_of = lses(at, query);
  for (var key0 = 0u; key0 <= query0; key0 += TILE) {
    var s = mat4x4f();  // queries × keys
    var dp = mat4x4f();
    for (var d0 = 0u; d0 < D; d0 += TILE) {
      let d = d0 + 4u * at.x;
      workgroupBarrier();
      stage_columns(LEFT, at.thread, load_qkv(at.r, at.first, query, Q, d) * SCALE);
      stage_columns(RIGHT, at.thread, load_qkv(at.r, at.first, key0 + 4u * at.y, K, d));
      workgroupBarrier();
      s = multiply(s, at.thread, min(TILE, D - d0));
      workgroupBarrier();
      stage_columns(LEFT, at.thread, load_dout(at, query, d));
      stage_columns(RIGHT, at.thread, load_qkv(at.r, at.first, key0 + 4u * at.y, V, d));
      workgroupBarrier();
      dp = multiply(dp, at.thread, min(TILE, D - d0));
    }
    let keys = key0 + 4u * at.x + vec4u(0u, 1u, 2u, 3u);
    let delta = deltas(4u * at.y);
    for (var i = 0u; i < 4u; i++) {
      let p = select(vec4f(0f), exp(s[i] - lse_of[i]), sees(vec4u(query + i), keys));
      dp[i] = p * (dp[i] - delta[i]);
    }
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      workgroupBarrier();
      if (chunk == 0u) { stage_columns(LEFT, at.thread, dp); }
      stage_rows(RIGHT, at.thread, load_qkv(at.r, at.first, key0 + 4u * at.y, K, chunk * TILE + 4u * at.x));
      workgroupBarrier();
      dq[chunk] = multiply(dq[chunk], at.thread, min(TILE, LENGTH - key0));
    }
  }
  for (var chunk = 0u; chunk < CHUNKS; chunk++) {
    store_dqkv(at, query, Q, chunk * TILE + 4u * at.x, dq[chunk] * SCALE);
  }
}

fn key_phase(at: Place, key0: u32) {
  let key = key0 + 4u * at.y;
  var dk = array<mat4x4f, CHUNKS>();
  var dv = array<mat4x4f, CHUNKS>();
  for (var query0 = key0; query0 < LENGTH; query0 += TILE) {
    var s = mat4x4f();  // keys × queries
    var dp = mat4x4f();
    for (var d0 = 0u; d0 < D; d0 += TILE) {
      let d = d0 + 4u * at.x;
      workgroupBarrier();
      if (d0 == 0u) { stage_deltas(at, query0); }
      stage_columns(LEFT, at.thread, load_qkv(at.r, at.first, key, K, d) * SCALE);
      stage_columns(RIGHT, at.thread, load_qkv(at.r, at.first, query0 + 4u * at.y, Q, d));
      workgroupBarrier();
      s = multiply(s, at.thread, min(TILE, D - d0));
      workgroupBarrier();
      stage_columns(LEFT, at.thread, load_qkv(at.r, at.first, key, V, d));
      stage_columns(RIGHT, at.thread, load_dout(at, query0 + 4u * at.y, d));
      workgroupBarrier();
      dp = multiply(dp, at.thread, min(TILE, D - d0));
    }
    let query = query0 + 4u * at.x;
    let queries = query + vec4u(0u, 1u, 2u, 3u);
    let lse_of = lses(at, query);
    let delta = deltas(4u * at.x);
    for (var i = 0u; i < 4u; i++) {
      let visible = sees(queries, vec4u(key + i)) & queries_exist(at, queries);
      s[i] = select(vec4f(0f), exp(s[i] - lse_of), visible);
      dp[i] = s[i] * (dp[i] - delta);
    }
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      workgroupBarrier();
      if (chunk == 0u) { stage_columns(LEFT, at.thread, s); }
      stage_rows(RIGHT, at.thread, load_dout(at, query0 + 4u * at.y, chunk * TILE + 4u * at.x));
      workgroupBarrier();
      dv[chunk] = multiply(dv[chunk], at.thread, min(TILE, LENGTH - query0));
    }
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      workgroupBarrier();
      if (chunk == 0u) { stage_columns(LEFT, at.thread, dp); }
      stage_rows(RIGHT, at.thread, load_qkv(at.r, at.first, query0 + 4u * at.y, Q, chunk * TILE + 4u * at.x));
      workgroupBarrier();
      dk[chunk] = multiply(dk[chunk], at.thread, min(TILE, LENGTH - query0));
    }
  }
  for (var chunk = 0u; chunk < CHUNKS; chunk++) {
    store_dqkv(at, key, K, chunk * TILE + 4u * at.x, dk[chunk] * SCALE);
    store_dqkv(at, key, V, chunk * TILE + 4u * at.x, dv[chunk]);
  }
}

fn queries_exist(at: Place, queries: vec4u) -> vec4<bool> {
  return (queries < vec4u(LENGTH)) & (at.first + queries / T < vec4u(B * H));
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let at = Place(group.z, group.y * SEQUENCES, thread % 8u, thread / 8u, thread);
  if (group.x < TILES) {
    query_phase(at, group.x * TILE);
  } else {
    key_phase(at, (group.x - TILES) * TILE);
  }
}
