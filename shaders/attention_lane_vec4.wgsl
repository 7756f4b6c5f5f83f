// What attention's kernels for the CPU load and store at once: four elements of a row. `total` adds them, `wide` fills
// them up to four with zeros, `narrow` undoes that.

alias Lane = vec4f;
fn total(x: Lane) -> f32 { return (x.x + x.y) + (x.z + x.w); }
fn wide(x: Lane) -> vec4f { return x; }
fn narrow(x: vec4f) -> Lane { return x; }
