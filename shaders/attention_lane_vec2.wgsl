// What attention's kernels for the CPU load and store at once: two elements of a row. `total` adds them, `wide` fills
// them up to four with zeros, `narrow` undoes that.

alias Lane = vec2f;
fn total(x: Lane) -> f32 { return x.x + x.y; }
fn wide(x: Lane) -> vec4f { return vec4f(x, 0f, 0f); }
fn narrow(x: vec4f) -> Lane { return x.xy; }
