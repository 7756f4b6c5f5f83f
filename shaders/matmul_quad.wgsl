// Y = epilogue(A · B) where there are subgroups of any size: each four threads compute 16 × 32 outputs, and share what
// they load of A by broadcasts.
//
//   Y[m, n] = Σ_k A[m, k] B[k, n], summed in ascending k            (shapes: matmul_a_vec4, _b_, _y_)
//
// Made for adapters that compute on the CPU four threads at a time: there a load costs as much as ten multiplications,
// whatever it hits, and so does what a loop indexes: all is unrolled.
//
// Workgroup: 4 threads, 16 rows × 8 columns each. Grid: (⌈M/16⌉, ⌈N/32⌉, R): B stays in the cache.
// Y is `=` or, if ACCUMULATES, `+=`; dbias[m] = Σ_k A[m, k] likewise, by the first thread of the first columns.

@compute @workgroup_size(4)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(subgroup_invocation_id) thread: u32) {
  let r = group.z;
  let m = group.x * 16u;
  let n = (group.y * 4u + thread) * 8u;
  // Blocks of outputs: row i of left0 is Y[m+i, n..n+3], of right0 Y[m+i, n+4..n+7], of the next ones four rows below.
  var left0 = mat4x4f();
  var left1 = mat4x4f();
  var left2 = mat4x4f();
  var left3 = mat4x4f();
  var right0 = mat4x4f();
  var right1 = mat4x4f();
  var right2 = mat4x4f();
  var right3 = mat4x4f();
  var dbias0 = vec4f();
  var dbias1 = vec4f();
  var dbias2 = vec4f();
  var dbias3 = vec4f();
  // K and 4, but the compiler, which would write the loops out, does not know it.
  let depth = select(K, 0u, arrayLength(&A) == 0u);
  let four = select(4u, 0u, arrayLength(&A) == 0u);
  for (var k = 0u; k < depth; k += 4u) {
    let b = load_b(r, k, n);
    let c = load_b(r, k, n + 4u);
    let a0 = load_shared_a(r, m, k, thread);
    left0 = add_product(left0, a0, b);
    right0 = add_product(right0, a0, c);
    let a1 = load_shared_a(r, m + 4u, k, thread);
    left1 = add_product(left1, a1, b);
    right1 = add_product(right1, a1, c);
    let a2 = load_shared_a(r, m + 8u, k, thread);
    left2 = add_product(left2, a2, b);
    right2 = add_product(right2, a2, c);
    let a3 = load_shared_a(r, m + 12u, k, thread);
    left3 = add_product(left3, a3, b);
    right3 = add_product(right3, a3, c);
    if (HAS_DBIAS) {
      dbias0 = add_columns(dbias0, a0);
      dbias1 = add_columns(dbias1, a1);
      dbias2 = add_columns(dbias2, a2);
      dbias3 = add_columns(dbias3, a3);
    }
  }
  // What a loop indexes is apart, so that the sums are not.
  var out = array<mat4x4f, 8>(left0, right0, left1, right1, left2, right2, left3, right3);
  var dbias = array<vec4f, 4>(dbias0, dbias1, dbias2, dbias3);
  for (var block = 0u; block < 2u * four; block++) {
    let row = m + block / 2u * 4u;
    let column = n + block % 2u * 4u;
    let added = bias_at(r, column);
    for (var i = 0u; i < four; i++) { store(r, row + i, column, out[block][i] + added); }
    if (HAS_DBIAS && column == 0u) { store_dbias(r, row, dbias[block / 2u]); }
  }
}

// Column c of the result is A[m..m+3, k+c], of which each thread loads a row or, if A_TRANSPOSED, a column.
fn load_shared_a(r: u32, m: u32, k: u32, thread: u32) -> mat4x4f {
  let share = load_a_vector(r, select(m + thread, m, A_TRANSPOSED), select(k, k + thread, A_TRANSPOSED));
  let all = mat4x4f(
    quadBroadcast(share, 0u), quadBroadcast(share, 1u), quadBroadcast(share, 2u), quadBroadcast(share, 3u),
  );
  if (A_TRANSPOSED) { return all; }
  return transpose(all);
}

fn add_product(sum: mat4x4f, a: mat4x4f, b: mat4x4f) -> mat4x4f {
  return add_outer(add_outer(add_outer(add_outer(sum, a[0], b[0]), a[1], b[1]), a[2], b[2]), a[3], b[3]);
}

fn add_columns(sum: vec4f, a: mat4x4f) -> vec4f { return sum + a[0] + a[1] + a[2] + a[3]; }
