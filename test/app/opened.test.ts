import { expect, test } from 'vitest';
import { ExperimentRun } from '../../src/running/experiment-run.ts';
import { Opened } from '../../src/running/opened.ts';
import type { ExperimentEvent, ExperimentLab } from '../../src/worker/protocol.ts';

class Answer<T> {
  resolve!: (value: T) => void;
  reject!: (error: Error) => void;
  readonly promise = new Promise<T>((resolve, reject) => Object.assign(this, { resolve, reject }));
}

/** A lab whose answers come when the test says so. */
function slowLab() {
  const opens: { listener: (event: string) => void; answer: Answer<number> }[] = [];
  const frees: { id: number; answer: Answer<void> }[] = [];
  const heard: string[] = [];
  const opened = new Opened((id) => {
    const answer = new Answer<void>();
    frees.push({ id, answer });
    return answer.promise;
  });
  const open = () =>
    opened.open<string>(
      (listener) => {
        const answer = new Answer<number>();
        opens.push({ listener, answer });
        return answer.promise;
      },
      (event) => heard.push(event),
    );
  return { opened, opens, frees, heard, open };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test('what is asked before the lab has answered waits for that, in order', async () => {
  const { opened, opens, heard, open } = slowLab();
  const opening = open();
  await soon();
  opens[0]!.listener('ready');
  expect(heard).toEqual(['ready']);
  const asked: string[] = [];
  const asking = ['run', 'pause'].map((word) =>
    opened.ask((id) => Promise.resolve(asked.push(`${word} ${id}`))),
  );
  await soon();
  expect(asked).toEqual([]);
  opens[0]!.answer.resolve(7);
  expect(await opening).toBe(true);
  await Promise.all(asking);
  expect(asked).toEqual(['run 7', 'pause 7']);
});

test('of what is asked for while something is closed, only the last is opened', async () => {
  const { opens, frees, open } = slowLab();
  const first = open();
  await soon();
  opens[0]!.answer.resolve(1);
  await first;
  const [second, third] = [open(), open()];
  await soon();
  expect(frees.map(({ id }) => id)).toEqual([1]);
  expect(opens.length).toBe(2);
  opens[1]!.answer.resolve(2);
  frees[0]!.answer.resolve();
  expect(await Promise.all([second, third])).toEqual([false, true]);
  expect(opens.length).toBe(2);
});

test('what is overtaken while it is opened is freed, and neither its events nor its failure are heard', async () => {
  const { opened, opens, frees, heard, open } = slowLab();
  const first = open();
  await soon();
  const question = opened.ask(() => Promise.resolve('answer'));
  const second = open();
  await soon();
  opens[0]!.listener('of the first');
  opens[0]!.answer.resolve(1);
  await soon();
  expect(frees.map(({ id }) => id)).toEqual([1]);
  frees[0]!.answer.reject(new Error('The lab is gone.'));
  opens[1]!.listener('of the second');
  opens[1]!.answer.resolve(2);
  expect(await Promise.all([first, second, question])).toEqual([false, true, undefined]);
  expect(heard).toEqual(['of the second']);
});

test('what could not be opened says why, to whoever asks; then another can be opened', async () => {
  const { opened, opens, frees, open } = slowLab();
  const refused = open();
  const asked = opened.ask((id) => Promise.resolve(id));
  await soon();
  opens[0]!.answer.reject(new Error('no GPU'));
  await expect(refused).rejects.toThrow('no GPU');
  await expect(asked).rejects.toThrow('no GPU');
  const next = open();
  await soon();
  opens[1]!.answer.resolve(2);
  expect(await next).toBe(true);
  expect(frees).toEqual([]);
});

test('an experiment begins that is started as soon as it says that it is ready', async () => {
  const answer = new Answer<number>();
  const ran: number[] = [];
  let tell: (event: ExperimentEvent) => void = () => undefined;
  const lab = {
    openExperiment: (_items: unknown, listener: typeof tell) => {
      tell = listener;
      return answer.promise;
    },
    run: (id: number) => Promise.resolve(void ran.push(id)),
    close: () => Promise.resolve(),
  } as unknown as ExperimentLab;
  const host = {
    addController: () => undefined,
    removeController: () => undefined,
    requestUpdate: () => undefined,
    updateComplete: Promise.resolve(true),
  };
  const run = new ExperimentRun(
    host,
    () => lab,
    () => undefined,
  );
  const opening = run.open(
    [{ key: 'only', spec: {} }],
    () => ({ figures: [], tables: [], verdicts: [] }) as never,
  );
  await soon();
  tell({ kind: 'status', status: 'ready' });
  expect(run.phase).toBe('ready');
  run.run();
  answer.resolve(3);
  await opening;
  await soon();
  expect(ran).toEqual([3]);
  expect(run.phase).toBe('running');
});
