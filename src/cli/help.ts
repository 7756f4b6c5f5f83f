/** What commands say of themselves when they are asked: what they do, each option with its default, examples, and names. */
import { LESSONS } from '../lessons/index.ts';
import { EXPERIMENTS } from '../lessons/experiments.ts';
import { TITLES } from '../lessons/path.ts';
import type { Field } from '../option-schema.ts';
import { showSetting } from '../show.ts';
import { describeForm } from '../training/spec/form.ts';

export interface Help {
  does: string;
  /** each with what it does and its default */
  options?: Readonly<Record<string, string>>;
  examples: readonly string[];
  /** names that it takes */
  names?: () => string[];
}

const DEVICE = {
  '--device gpu|compat|cpu|auto':
    'what trains: WebGPU, its compatibility mode, the processor, or the faster of them; default gpu, and the processor where there is none',
};
const TRAINS = { ...DEVICE, '--cores N': 'cores that the processor trains on; default all, at most four' };
const SETTINGS = {
  '--set path=value':
    'changes a setting, as often as needed; the value is JSON, or else a text; the paths are listed below',
  '--seed N': 'seed of weights and batches; default 1, or that of the file',
  '--replicas R': 'models that train side by side; default 1, or that of the file',
  '--steps N': 'training steps; default that of the experiment or the file',
  '--size small|standard':
    'of an experiment: as its page begins on a slow device, or on others; default standard',
};
const SIZE = { '--size small|standard|large': 'how large the experiment is; default standard' };
const JSON_OPTION = { '--json': 'prints JSON for programs' };

export type CommandName =
  | 'run'
  | 'score'
  | 'sweep'
  | 'merge'
  | 'lesson'
  | 'verdicts'
  | 'report'
  | 'open'
  | 'record'
  | 'trace'
  | 'bench'
  | 'device'
  | 'fit'
  | 'class'
  | 'join';

export const HELP: Readonly<Record<CommandName, Help>> = {
  run: {
    does: 'Trains one spec, and shows or writes what came of it. The file opens in the page, and a file of the page is a spec here.',
    options: {
      ...SETTINGS,
      '--out FILE.json': 'writes losses, evaluations and the spec',
      '--checkpoint FILE.safetensors': 'writes the weights',
      '--resume': 'goes on where the same command was stopped; default begins anew',
      '--from FILE.safetensors': 'begins with the weights of another run; default fresh ones',
      '--keep FOLDER': 'writes the weights at each evaluation',
      ...TRAINS,
      ...JSON_OPTION,
    },
    examples: [
      'run shape --set model.activation=tanh --steps 500',
      'run language --replicas 4 --out run.json --checkpoint run.safetensors',
      'run run.json --seed 7',
    ],
    names: () => [...experiments(), '', ...settings()],
  },
  lesson: {
    does: "Trains a lesson's experiment and gives its verdict.",
    options: {
      ...SIZE,
      '--seed N': 'seed of the experiment; default 1',
      '--set path=value': 'changes a setting of all of its runs, as often as needed',
      '--out FOLDER': 'keeps the runs, so that a stopped experiment goes on',
      '--save FILE.json': 'writes the experiment as the page of the lesson keeps and opens it',
      ...TRAINS,
      ...JSON_OPTION,
    },
    examples: ['lesson mirage --size small', 'lesson scaling-laws --save laws.json', 'open laws.json'],
    names: lessons,
  },
  sweep: {
    does: 'Trains all combinations of the axes of a sweep into a folder; stopped, it goes on with the same command.',
    options: {
      '--out FOLDER': 'where the results go; needed unless --estimate',
      '--shard i/n|auto':
        'trains a part of the runs; auto reads it from Slurm, Kubernetes or SkyPilot; default all',
      '--estimate': 'says what it costs, and trains nothing',
      ...TRAINS,
      ...JSON_OPTION,
    },
    examples: ['sweep sweep.json --estimate', 'sweep sweep.json --out results --shard 2/8'],
    names: settings,
  },
  merge: {
    does: 'Joins the folders of the shards of one sweep to one table.',
    options: {
      '--out TABLE.csv': 'writes the table; default prints it',
      '--partial': 'leaves out runs that are missing; default refuses',
      ...JSON_OPTION,
    },
    examples: ['merge part-1 part-2 --out table.csv'],
  },
  report: {
    does: 'Shows what is in a file of the lab or in the folder of a sweep or a lesson: as a page of one file, as pictures, or as lines.',
    options: {
      '--html FILE.html':
        'writes a page that needs nothing else: charts, tables, settings, and the command that repeats each run',
      '--svg FILE.svg': 'writes a chart as a drawing',
      '--png FILE.png': 'writes a chart as a picture of twice the size',
      '--figure NAME': 'which chart; default the first',
      '--jsonl FILE.jsonl': 'writes a line of JSON for each loss, evaluation and number; - prints them',
      '--lang en|zh': 'language of the words; default en',
      '--theme light|dark': 'colours of the chart; default light (a page follows its reader)',
    },
    examples: [
      'report run.json --html run.html',
      'report results --png loss.png',
      'report laws.json --jsonl - | head',
    ],
  },
  open: {
    does: 'Opens files of the lab in its page: serves the built lab on this machine until it is stopped.',
    options: {
      '--port N': 'where it is served; default a free port',
      '--no-browser': 'prints the address alone',
      '--site FOLDER': 'the built lab; default the one of the package, or dist',
    },
    examples: ['open run.json', 'open results/runs/*.json'],
  },
  score: {
    does: 'Measures kept checkpoints without training again, on examples of another task if asked for.',
    options: { '--set task.option=value': 'changes an option of the task, as often as needed', ...DEVICE },
    examples: ['score kept/*.safetensors --set task.noise=0.2'],
  },
  verdicts: {
    does: 'Trains lessons with many seeds, and says how often each claim held: a row of Markdown each.',
    options: {
      ...SIZE,
      '--seeds N': 'experiments of each lesson; default 10',
      '--out FOLDER': 'keeps the runs, so that what was stopped goes on',
      '--to FOLDER': 'writes FOLDER/NAME/trials.json; in a clone src/lessons, where the texts read it',
      ...TRAINS,
    },
    examples: ['verdicts mirage --size small --seeds 20'],
    names: lessons,
  },
  record: {
    does: 'Trains lessons and writes the recordings that ship with them.',
    options: {
      '--size small|standard': 'of the experiments; default standard',
      '--runs FOLDER': 'keeps the runs, and takes those that are there',
      '--to FOLDER': 'writes there; default beside the lessons',
      '--pictures': 'writes the pictures of the inside alone; of standard size only',
      ...TRAINS,
    },
    examples: ['record mirage --runs runs --to recordings'],
    names: lessons,
  },
  trace: {
    does: 'Writes batches, weights and losses of a run, with a script that replays it in PyTorch and compares.',
    options: {
      ...SETTINGS,
      '--steps N': 'how many steps are written; default 10',
      '--out FOLDER': 'a new folder; default trace',
      ...DEVICE,
    },
    examples: ['trace language --steps 20 --out trace'],
    names: experiments,
  },
  fit: {
    does: 'Fits a scaling law to a table of runs from anywhere (docs/fit.md).',
    options: {
      '--law NAME': 'power, parametric or isoflop; needed',
      '--columns N=…,loss=…': 'which columns hold the quantities; default by their names',
      '--units loss=bits,…': 'their units; default nats, parameters, tokens and FLOPs',
      '--x N|D|C|x': 'what a power law is over; default the one that the table has',
      '--robust [δ]': "Huber's loss, which outliers sway less; default least squares",
      '--noise NAME': 'how the noise of a power law is distributed',
      ...JSON_OPTION,
    },
    examples: ['fit runs.csv --law power --x N', 'fit results/table.csv --law parametric --robust'],
  },
  bench: {
    does: 'Measures what a step costs on this machine, and what it would cost at the least.',
    options: { '--workload NAME': 'one of them, as often as needed; default all', ...JSON_OPTION },
    examples: ['bench --json'],
  },
  device: {
    does: 'Says as JSON what would train here, what was tried, and what it allows.',
    options: DEVICE,
    examples: ['device', 'device --device cpu'],
  },
  class: {
    does: 'Serves the lab and a room for a live class on one port (docs/class.md).',
    options: {
      '--port N': 'default 8080, or 8443 with a certificate',
      '--host NAME': 'which address it listens on; default all',
      '--public URL': 'under which the class finds it, behind a proxy or a tunnel',
      '--peer URL':
        'under which other servers of the same PostgreSQL find it; default its address in the network',
      '--cert FILE --key FILE': 'serves https',
      '--store FILE|postgres://…': 'where classes are kept; default class.sqlite',
      '--keep DAYS': 'after how many days they are deleted; default 30',
      '--max-members N': 'how many may join',
      '--site FOLDER': 'the built lab; default the one of the package, or dist',
      '--new': 'begins a new class; default goes on with one of the last hours',
    },
    examples: ['class --port 8080'],
  },
  join: {
    does: "Lends this machine to a live class: trains cells of the class's work until it is stopped (docs/class.md).",
    options: TRAINS,
    examples: [
      'join https://lab.example BCD234',
      'join http://192.168.1.20:8080 BCD234 --device cpu --cores 2',
    ],
  },
};

/** @param call how the program is called, and how the command is written */
export function helpOf(name: CommandName, call: string, usage: string): string {
  const { does, options = {}, examples, names }: Help = HELP[name];
  const blocks = [
    [does, '', `  ${call} ${usage}`],
    Object.keys(options).length ? ['Options', ...columns(Object.entries(options))] : [],
    ['Examples', ...examples.map((example) => `  ${call} ${example}`)],
    names?.() ?? [],
  ];
  return blocks.flatMap((lines) => (lines.length ? [lines.join('\n')] : [])).join('\n\n');
}

function experiments(): string[] {
  return ['Experiments', ...columns(Object.entries(EXPERIMENTS).map(([name, { title }]) => [name, title]))];
}

function lessons(): string[] {
  return ['Lessons', ...columns(LESSONS.map(({ name }) => [name, TITLES[name]!.en]))];
}

/** All paths of settings with their defaults. */
function settings(): string[] {
  const { tasks, models, optimizers, schedule, evaluate, widthRule, run } = describeForm();
  const paths = (before: string, fields: readonly Field[]): [string, string][] =>
    fields.map(({ key, description, ...field }) => [
      `  ${before}${key}`,
      `${description} Default ${showDefault(field.default)}.`,
    ]);
  return [
    'Tasks (task.name), and their options',
    ...tasks.flatMap(({ name, description, fields }) =>
      columns([[name, description], ...paths('task.', fields)]),
    ),
    '',
    'Other settings',
    ...Object.entries(models).flatMap(([kind, fields]) =>
      columns([[`model.kind=${kind}`, ''], ...paths('model.', fields)]),
    ),
    ...Object.entries(optimizers).flatMap(([name, fields]) =>
      columns([[`optimizer.name=${name}`, ''], ...paths('optimizer.', fields)]),
    ),
    ...columns([
      ['the run', ''],
      ...paths('', run),
      ...paths('schedule.', schedule),
      ...paths('evaluate.', evaluate),
      ...paths('widthRule.', widthRule),
    ]),
  ];
}

const MOST_DEFAULT = 40;
function showDefault(value: unknown): string {
  const text = Array.isArray(value) && value.length === 0 ? 'none' : showSetting(value, ', ');
  if (text === '') return 'none';
  return text.length > MOST_DEFAULT ? 'a text' : text;
}

const LEFT = 30;
const WIDTH = 110;

/** Names on the left, what they are on the right, in lines that a terminal holds. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  return rows.flatMap(([name, text]) => {
    const lines = wrapped(text, WIDTH - LEFT);
    const left = `  ${name}`;
    const first = left.length < LEFT ? [left.padEnd(LEFT) + (lines.shift() ?? '')] : [left];
    return [...first, ...lines.map((line) => ' '.repeat(LEFT) + line)].map((line) => line.trimEnd());
  });
}

function wrapped(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
