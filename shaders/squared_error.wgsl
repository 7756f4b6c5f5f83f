// Mean squared error of logits against 1 for the target's class and 0 for the others, Σ (x − hit)² / V, for
// class_loss.wgsl and class_scores.wgsl.

const BY_MOST = false;

fn share(x: f32, most: f32, hit: f32) -> f32 { return (x - hit) * (x - hit); }
fn loss_of(sum: f32, of_target: f32, most: f32) -> f32 { return sum / f32(V); }
fn slope(x: f32, most: f32, sum: f32, hit: f32) -> f32 { return 2f * (x - hit) / f32(V); }

fn parts(x: f32, most: f32, hit: f32) -> vec3f { return vec3f(share(x, most, hit), x * x, x); }
fn gain(sums: vec3f, mean: f32) -> f32 { return -(sums.y - 2f * mean + 1f) / f32(V); }
// There are no probabilities.
fn squares(sums: vec3f) -> f32 { return 0f; }
