// The heart of the products: sum + a bᵀ, where row i of the block is column i of the matrix. Unrolled: adapters that
// compute on the CPU keep what a loop indexes in memory, and one of them never writes loops out itself.
fn add_outer(sum: mat4x4f, a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(
    fma(vec4f(a.x), b, sum[0]),
    fma(vec4f(a.y), b, sum[1]),
    fma(vec4f(a.z), b, sum[2]),
    fma(vec4f(a.w), b, sum[3]),
  );
}
