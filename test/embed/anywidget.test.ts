/** The figure as a widget of notebooks, against anywidget's protocol: a model with traits, in the browser. */
import { expect, test } from 'vitest';
import { tinySpec, useEmbed } from '../support/embed.ts';

const embed = useEmbed();

type Traits = Record<string, unknown>;

test('traits set the figure, its result comes back, messages press its buttons, and it goes when the cell goes', async () => {
  const page = await embed.open(
    `<div id="cell"></div><script type="module">import widget from 'ORIGIN/anywidget.js'; window.widget = widget;</script>`,
  );
  await page.waitForFunction(() => 'widget' in window);
  await page.evaluate((spec) => {
    const traits: Traits = {
      spec: JSON.parse(spec),
      seed: 3,
      lesson: null,
      device: 'cpu',
      result: {},
      error: {},
    };
    const listeners = new Map<string, Set<(message: unknown) => void>>();
    let pending: Traits = {};
    const saved: Traits = {};
    const model = {
      get: (trait: string) => traits[trait],
      set: (trait: string, value: unknown) => void (pending[trait] = value),
      // What leaves the browser goes as JSON.
      save_changes() {
        Object.assign(saved, JSON.parse(JSON.stringify(pending)));
        pending = {};
      },
      on: (event: string, listener: (message: unknown) => void) =>
        void listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
      off: (event: string, listener: (message: unknown) => void) =>
        void listeners.get(event)?.delete(listener),
    };
    const { widget } = window as unknown as {
      widget: { render(props: { model: unknown; el: HTMLElement }): () => void };
    };
    const remove = widget.render({ model, el: document.querySelector('#cell')! });
    const send = (event: string, message?: unknown): void =>
      listeners.get(event)?.forEach((each) => each(message));
    Object.assign(window, { traits, saved, listeners, send, remove });
  }, tinySpec(20));

  const figure = page.locator('#cell scaling-lab');
  expect(await figure.getAttribute('seed')).toBe('3');
  expect(await figure.getAttribute('lesson')).toBeNull();
  await page.getByRole('button', { name: 'Run' }).first().waitFor();
  await page.evaluate(() => {
    const { traits, send } = window as unknown as {
      traits: Traits;
      send: (event: string, message?: unknown) => void;
    };
    traits.seed = 4;
    send('change:seed');
    send('msg:custom', 'run');
  });
  await page.waitForFunction(() => 'result' in (window as unknown as { saved: Traits }).saved, undefined, {
    timeout: 60_000,
  });
  const { result } = await page.evaluate(() => (window as unknown as { saved: { result: Result } }).saved);
  interface Result {
    seed: number;
    results: Record<string, { losses: { values: number[][] } }>;
  }
  expect(result.seed).toBe(4);
  const [run] = Object.values(result.results);
  expect(run!.losses.values.flat()).toHaveLength(20);

  const left = await page.evaluate(() => {
    const { send, remove, saved, listeners } = window as unknown as {
      send: (event: string, message?: unknown) => void;
      remove: () => void;
      saved: Traits;
      listeners: Map<string, Set<unknown>>;
    };
    send('msg:custom', 'explode');
    remove();
    return {
      error: saved.error,
      figures: document.querySelectorAll('scaling-lab').length,
      listeners: [...listeners.values()].reduce((sum, each) => sum + each.size, 0),
    };
  });
  expect(left).toEqual({
    error: { name: 'UnknownMessage', message: 'send one of run, pause, reset' },
    figures: 0,
    listeners: 0,
  });
});
