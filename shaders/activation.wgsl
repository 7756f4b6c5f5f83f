// Activation functions on four values at once, and their derivatives from what the forward pass kept.
//
//   ACTIVATION  0 none   1 relu   2 gelu (tanh form)   3 tanh   4 square
//
//   gelu(x) = x/2 (1 + tanh(u)),  u = √(2/π) (x + 0.044715 x³)     Hendrycks and Gimpel, arXiv 1606.08415
//
// The forward pass keeps `kept`: the output y for relu and tanh, the input x for gelu and square.
// tanh is clamped: on some devices it overflows to NaN from about |u| = 44; beyond 10 it is ±1 in float32.
// NaN goes through: clamp, max and min may drop it, so every function ends in a product or a select on x.

const GELU_SCALE = 0.7978845608028654f;
const GELU_CUBIC = 0.044715f;

fn bounded_tanh(x: vec4f) -> vec4f {
  return tanh(clamp(x, vec4f(-10f), vec4f(10f)));
}

fn activate(x: vec4f) -> vec4f {
  switch ACTIVATION {
    case 1u: { return select(x, vec4f(0f), x < vec4f(0f)); }
    case 2u: { return 0.5f * x * (1f + bounded_tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x))); }
    case 3u: { return select(x, bounded_tanh(x), abs(x) < vec4f(1e30f)); }
    case 4u: { return x * x; }
    default: { return x; }
  }
}

fn activation_derivative(kept: vec4f) -> vec4f {
  switch ACTIVATION {
    case 1u: { return select(vec4f(0f), vec4f(1f), kept > vec4f(0f)); }
    case 2u: {
      let x = kept;
      let t = bounded_tanh(GELU_SCALE * (x + GELU_CUBIC * x * x * x));
      // Where |x| is large, 1 − t² is 0 and x² may be infinite: their product must be 0.
      let slope = GELU_SCALE * (1f + 3f * GELU_CUBIC * min(x * x, vec4f(1e6f)));
      return 0.5f * (1f + t) + 0.5f * clamp(x, vec4f(-1e3f), vec4f(1e3f)) * (1f - t * t) * slope;
    }
    case 3u: { return 1f - kept * kept; }
    case 4u: { return 2f * kept; }
    default: { return vec4f(1f); }
  }
}
