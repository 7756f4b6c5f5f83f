/** The attributes of the figure, as they come: anybody's text, not yet checked. */
import { LitElement, type PropertyDeclarations } from 'lit';
import type { Raw } from './settings.ts';

export class FigureAttributes extends LitElement {
  // Not by decorators: they would be a twentieth of all that a page loads first.
  static override properties: PropertyDeclarations = {
    lesson: {},
    spec: {},
    seed: {},
    size: {},
    changes: {},
    prediction: {},
    answer: {},
    view: {},
    figure: {},
    scale: {},
    theme: { reflect: true },
    controls: {},
    loading: {},
    reveal: {},
    device: {},
    poster: {},
    site: {},
  };

  /** Name of the lesson whose figure is shown, such as `emergence-in-time`. Either this or `spec`. */
  lesson: string | undefined;
  /** A RunSpec, or a sweep (`{"spec": …, "axes": […]}`), as JSON or as an object. */
  spec: string | Record<string, unknown> | undefined;
  /** Seed of the weights and of the order of the examples: the same seed gives the same run. */
  seed: string | number | undefined;
  /** How large the experiment is: `small`, `standard`, `large`, or `auto` by the device. */
  size: string | undefined;
  /** Settings that differ from the lesson's, by path: `{"learningRate": 0.01}`, as JSON or as an object. */
  changes: string | Record<string, unknown> | undefined;
  /** What was expected, drawn dashed: `{"kind": "level", "points": [[0, 0.5]]}`, as JSON or as an object. */
  prediction: string | Record<string, unknown> | undefined;
  /**
   * `wait`: of a lesson's recorded run only what is given is shown, until its reader has predicted the rest, or asks to be
   * shown; `shown`: all of it at once.
   */
  answer: string | undefined;
  /**
   * `curve`; or `inside`: with what a lesson shows of the inside of its networks, beside the curve or below it and at the same
   * moment. It is loaded when the answer may be seen.
   */
  view: string | undefined;
  /** Name of the figure shown first, where a lesson has several. */
  figure: string | undefined;
  /** Axes: `linear`, `log-x`, `log-y`, `log-log`, or `auto` as the lesson has them. */
  scale: string | undefined;
  /** Colours: `light`, `dark`, or `auto` as the page's `color-scheme` says. */
  theme: string | undefined;
  /** What readers may touch, in words: `run`, `figures`, `size`, `seed`, paths such as `learningRate`, or `none`. */
  controls: string | readonly string[] | undefined;
  /** `lazy` loads the figure when it comes near; `eager` at once. */
  loading: string | undefined;
  /** `manual` trains when asked; `auto` when the figure is seen. */
  reveal: string | undefined;
  /**
   * What figures train on: `gpu`, `compat` (WebGPU's compatibility mode), `cpu`, or `auto`, the best that there is. All
   * figures of a page share it: the first that trains decides.
   */
  device: string | undefined;
  /** Address of a picture that is shown instead of the recorded curves until the reader asks for more. */
  poster: string | undefined;
  /** Address (http, https) of the full lab, for the link below the figure; by default where the script came from, if that is one. */
  site: string | undefined;

  protected get raw(): Raw & Record<string, unknown> {
    const { lesson, spec, seed, size, changes, prediction, answer, view, figure, scale } = this;
    const { theme, controls, loading, reveal, device, poster } = this;
    const own = { lesson, spec, seed, size, changes, prediction, answer, view, figure, scale };
    return { ...own, theme, controls, loading, reveal, device, poster };
  }
}
