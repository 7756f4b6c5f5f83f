// Cross-entropy, −ln p(target) with p = softmax(logits), for class_loss.wgsl and class_scores.wgsl.

const BY_MOST = true;

fn share(x: f32, most: f32, hit: f32) -> f32 { return exp(x - most); }
fn loss_of(sum: f32, of_target: f32, most: f32) -> f32 { return log(sum) - (of_target - most); }
fn slope(x: f32, most: f32, sum: f32, hit: f32) -> f32 { return exp(x - most) / sum - hit; }

fn parts(x: f32, most: f32, hit: f32) -> vec3f {
  let e = exp(x - most);
  return vec3f(e, e * e, x - most);
}
fn gain(sums: vec3f, mean: f32) -> f32 { return mean - log(sums.x); }
fn squares(sums: vec3f) -> f32 { return sums.y / (sums.x * sums.x); }
