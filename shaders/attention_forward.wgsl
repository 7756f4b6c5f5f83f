// Causal attention, with the softmax kept as a running maximum and sum    Milakov, Gimelshein, arXiv 1805.02867;
//                                                                         Dao et al., arXiv 2205.14135
//   s[t, u] = q[t] · k[u] / √D,  u ≤ t
//   lse[t]  = ln Σ_u exp s[t, u]
//   out[t]  = Σ_u exp(s[t, u] − lse[t]) v[u]
//
//   qkv  [R, B, T, 3C]         (attention_tile.wgsl)
//   out  [R, B, T, C]       =
//   lse  [R, B, H, T]       =  for the backward pass
//
// Workgroup: 64 threads, 32 queries; the keys come in tiles of 32, in ascending order, up to the queries' own.
// Grid: (⌈LENGTH/32⌉, ⌈B·H/SEQUENCES⌉, R).

@group(0) @binding(1) var<storage, read_write> out: array<f32>;
@group(0) @binding(2) var<storage, read_write> lse: array<f32>;

var<workgroup> partials: array<vec4f, THREADS>; // [y][x], of 4 rows

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let r = group.z;
  let first = group.y * SEQUENCES;
  let query0 = group.x * TILE;
  let x = thread % 8u;
  let y = thread / 8u;
  let query = query0 + 4u * y;
  var sum = array<mat4x4f, CHUNKS>(); // Σ exp(s − most) v, of 4 queries
  var most = vec4f(-1e30f);
  var weight = vec4f(0f);             // Σ exp(s − most) over this thread's keys

  for (var key0 = 0u; key0 <= query0; key0 += TILE) {
    var s = mat4x4f();
    for (var d0 = 0u; d0 < D; d0 += TILE) {
      workgroupBarrier();
      for (var i = thread; i < TILE * TILE / 4u; i += THREADS) {
        let d = i % TILE;
        let row = i / TILE * 4u;
        factors[LEFT + d * ROW + row / 4u] = qkv_column(r, first, query0 + row, Q, d0 + d);
        factors[RIGHT + d * ROW + row / 4u] = qkv_column(r, first, key0 + row, K, d0 + d);
      }
      workgroupBarrier();
      s += multiply(thread, min(TILE, D - d0));
    }

    let keys = key0 + 4u * x + vec4u(0u, 1u, 2u, 3u);
    var most_of_4 = vec4f(0f);
    for (var i = 0u; i < 4u; i++) {
      s[i] = select(vec4f(-1e30f), s[i] * SCALE, sees(vec4u(query + i), keys));
      most_of_4[i] = max(max(s[i].x, s[i].y), max(s[i].z, s[i].w));
    }
    partials[thread] = most_of_4;
    workgroupBarrier();
    let before = most;
    for (var i = y * 8u; i < y * 8u + 8u; i++) { most = max(most, partials[i]); }
    let decay = exp(before - most);
    for (var i = 0u; i < 4u; i++) {
      s[i] = exp(s[i] - most[i]);
      weight[i] = weight[i] * decay[i] + (s[i].x + s[i].y + s[i].z + s[i].w);
    }

    stage_block(thread, s);
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      if (chunk > 0u) { workgroupBarrier(); }
      for (var i = thread; i < TILE * TILE / 4u; i += THREADS) {
        let column = i % 8u;
        let row = i / 8u;
        factors[RIGHT + row * ROW + column] = qkv_columns(r, first, key0 + row, V, chunk * TILE + 4u * column);
      }
      workgroupBarrier();
      let product = multiply(thread, min(TILE, LENGTH - key0));
      for (var i = 0u; i < 4u; i++) { sum[chunk][i] = sum[chunk][i] * decay[i] + product[i]; }
    }
  }

  workgroupBarrier();
  partials[thread] = weight;
  workgroupBarrier();
  weight = vec4f(0f);
  for (var i = y * 8u; i < y * 8u + 8u; i++) { weight += partials[i]; }
  let exists = rows_exist(first, query + vec4u(0u, 1u, 2u, 3u));
  for (var i = 0u; i < 4u; i++) {
    if (!exists[i]) { break; }
    if (x == 0u) { lse[r * LSE_STRIDE + lse_row(first, query + i)] = most[i] + log(weight[i]); }
    let at = r * OUT_STRIDE + out_row(first, query + i);
    for (var chunk = 0u; chunk < CHUNKS; chunk++) {
      let value = sum[chunk][i] / weight[i];
      let d = chunk * TILE + 4u * x;
      for (var c = 0u; c < 4u; c++) { if (d + c < D) { out[at + d + c] = value[c]; } }
    }
  }
}
