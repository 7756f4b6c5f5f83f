/** What runs in the page: keeps the events of a run, and lets the page hear them again. Each function stands alone. */

interface Event {
  kind: string;
  status?: string;
}
type Listener = (event: Event) => void;

interface Lab {
  openExperiment(items: unknown, listener: Listener): Promise<number>;
  run(id: number): Promise<void>;
}

interface Kept {
  /** before it was asked to run, and after, with times from then on, ms */
  before: Event[];
  after: { at: number; event: Event }[];
  hear?: Listener;
}

interface Lesson extends Element {
  lab: Lab;
  model: { experiment: { open(): Promise<void>; command(command: string): void } };
}

/** Opens the experiment anew, trains it, and keeps what the page hears. */
export async function record(): Promise<void> {
  const lesson = document.querySelector<Lesson>('lesson-page')!;
  const { lab, model } = lesson;
  const kept: Kept = { before: [], after: [] };
  Object.assign(window, { kept });
  const clock: { started?: number } = {};
  lesson.lab = new Proxy(lab, {
    get: (target, name) => {
      if (name === 'openExperiment')
        return (items: unknown, listener: Listener) =>
          target.openExperiment(items, (event) => {
            const copy = structuredClone(event);
            if (clock.started === undefined) kept.before.push(copy);
            else kept.after.push({ at: performance.now() - clock.started, event: copy });
            listener(event);
          });
      return Reflect.get(target, name) as unknown;
    },
  });
  await model.experiment.open();
  clock.started = performance.now();
  model.experiment.command('run');
}

/** Gives the page a lab that tells it what was kept, so many times as fast. @param prepare opens the experiment; otherwise it runs */
export async function feed({
  times,
  prepare,
}: {
  times: number;
  prepare: boolean;
}): Promise<{ events: number; seconds: number; drawn: number }> {
  const lesson = document.querySelector<Lesson>('lesson-page')!;
  const { kept } = window as unknown as { kept: Kept };
  const { model, lab } = lesson;
  const about = { events: kept.after.length, seconds: (kept.after.at(-1)?.at ?? 0) / 1000 };
  if (prepare) {
    lesson.lab = new Proxy(lab, {
      get: (target, name) => {
        if (name === 'openExperiment')
          return (_items: unknown, listener: Listener) => {
            kept.hear = listener;
            for (const event of kept.before) setTimeout(() => listener(event));
            return Promise.resolve(1);
          };
        if (name === 'run' || name === 'close') return () => Promise.resolve();
        return Reflect.get(target, name) as unknown;
      },
    });
    await model.experiment.open();
    return { ...about, drawn: 0 };
  }
  let drawn = 0;
  const chart = document.querySelector('lab-chart')!;
  const canvas = CanvasRenderingContext2D.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object again
  const { clearRect } = canvas;
  canvas.clearRect = function (...where) {
    if (chart.renderRoot.contains(this.canvas)) drawn++;
    clearRect.apply(this, where);
  };
  model.experiment.command('run');
  const started = performance.now();
  for (const { at, event } of kept.after) {
    const wait = at / times - (performance.now() - started);
    if (wait > 4) await new Promise((resolve) => setTimeout(resolve, wait));
    // Each comes as a message of its own, as from the worker.
    else
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve();
        port2.postMessage(null);
      });
    kept.hear!(event);
  }
  canvas.clearRect = clearRect;
  return { ...about, drawn };
}
