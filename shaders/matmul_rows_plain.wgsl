// A is multiplied as it is (matmul_rows_normalised.wgsl does more).

fn prepare_rows(r: u32, m0: u32, index: u32, writes: bool) {}
fn prepared(a: mat4x4f, r: u32, m0: u32, block: u32, k: u32, writes: bool) -> mat4x4f { return a; }
