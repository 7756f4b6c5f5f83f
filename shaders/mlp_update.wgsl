// The update of a small MLP's parameters, as adamw.wgsl or, unless ADAM, sgd.wgsl: of one, or of four at a time. Number is
// f32 or vec4f.

// What the update of all parameters shares.
struct Rates { lr: f32, shrink: f32, step_size: f32, root_scale: f32, first: bool }

// Of a state whose step is closed: the first update has step 1.
fn rates_of(now: State) -> Rates {
  let t = now.step;
  let lr = now.learning_rate;
  let shrink = lr * now.weight_decay;
  if (!ADAM) { return Rates(lr, shrink, lr, 1f, t <= 1u); }
  return Rates(lr, shrink, lr / one_minus_power(LOG_BETA1, f32(t)), 1f / sqrt(one_minus_power(LOG_BETA2, f32(t))), false);
}

// Parameters and their moments. v is untouched unless ADAM.
struct Parameter { p: Number, m: Number, v: Number }

fn updated(old: Parameter, g: Number, shrink: f32, now: Rates) -> Parameter {
  if (ADAM) {
    let m = BETA1 * old.m + ONE_MINUS_BETA1 * g;
    let v = BETA2 * old.v + ONE_MINUS_BETA2 * g * g;
    return Parameter(old.p - (shrink * old.p + now.step_size * m / (sqrt(v) * now.root_scale + EPSILON)), m, v);
  }
  var b = g;
  if (!now.first) { b += MOMENTUM * old.m; }
  return Parameter(old.p - (shrink * old.p + now.lr * b), b, old.v);
}
