/**
 * The figure in notebooks, by the protocol of anywidget (https://anywidget.dev/en/afm/): Jupyter, Colab, VS Code, marimo,
 * Shiny, MyST. Traits that have the names of the figure's attributes set them, those that are there or not; what the
 * experiment gives comes back in the trait `result`, what is wrong in `error`; `widget.send("run")`, `"pause"` and
 * `"reset"` press the buttons.
 */
import type { CompleteDetail, ErrorDetail } from './events.ts';
import { ScalingLab } from './index.ts';

/** What a notebook gives: the traits of its Python object. */
interface Model {
  get(trait: string): unknown;
  set(trait: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: (message: unknown) => void): void;
  off(event: string, listener: (message: unknown) => void): void;
}

const TRAITS = ScalingLab.observedAttributes;
const ACTIONS = ['run', 'pause', 'reset'] as const;

/** @returns what takes the figure away again */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const figure = document.createElement('scaling-lab');
  // A cell is in sight when it is run.
  figure.setAttribute('loading', 'eager');

  const listeners: [event: string, listener: (message: unknown) => void][] = TRAITS.map((trait) => {
    const follow = (): void => {
      const value = model.get(trait);
      // Python's None, and the traits that a class does not have.
      if (value === undefined || value === null || value === '') figure.removeAttribute(trait);
      else figure.setAttribute(trait, typeof value === 'string' ? value : JSON.stringify(value));
    };
    if (model.get(trait) !== undefined) follow();
    return [`change:${trait}`, follow];
  });
  const press = (message: unknown): void => {
    const action = ACTIONS.find((name) => name === message);
    if (action) void figure[action]();
    else tell('error', { name: 'UnknownMessage', message: `send one of ${ACTIONS.join(', ')}` });
  };
  listeners.push(['msg:custom', press]);

  const tell = (trait: string, value: unknown): void => {
    model.set(trait, value);
    model.save_changes();
  };
  figure.addEventListener('lab-complete', ({ detail }: CustomEvent<CompleteDetail>) => {
    // As JSON, in which losses are lists.
    tell('result', JSON.parse(JSON.stringify(detail, plain)));
    tell('error', {});
  });
  figure.addEventListener('lab-error', ({ detail }: CustomEvent<ErrorDetail>) =>
    tell('error', { ...detail }),
  );

  for (const [event, listener] of listeners) model.on(event, listener);
  el.append(figure);
  return () => {
    for (const [event, listener] of listeners) model.off(event, listener);
    figure.remove();
  };
}

const plain = (_key: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;

export default { render };
