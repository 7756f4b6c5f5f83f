/** What the fields of the sandbox are called. Most of English follows from the schemas' keys and descriptions. */
import type { FormField, FormSection } from '../../components/index.ts';
import type { Field, FormDescription, RunSpec } from '../../worker/protocol.ts';
import { type Language, SOURCE } from '../../languages.ts';
import { language } from '../../locales/language.ts';
import { type Draft, showValue, taskOf } from './draft.ts';
import { strings } from './sandbox-strings.ts';
import type { FormWords } from './form-words.ts';
import { chinese } from './words-zh.ts';

/** Fields whose key alone says too little. */
const ENGLISH: FormWords['fields'] = {
  'task.name': ['task'],
  'task.kind': ['shape'],
  'task.validation': ['held-out rows'],
  'task.pool': ['training rows'],
  'task.world': ['seed of the world'],
  'task.perRow': ['facts per row'],
  'task.length': ['context length'],
  'task.heldOut': ['held-out share'],
  'task.unique': ['distinct examples'],
  'task.overrides': ['share of own facts'],
  'task.common': ['weight of domain 0'],
  'task.domain': ['domain to learn'],
  'task.share': ['share of that domain'],
  'task.targets': ['answer as'],
  'task.units': ['a symbol is'],
  'model.kind': ['model'],
  'model.hidden': ['hidden layers'],
  'model.mlp': ['with MLP'],
  'model.tied': ['tied embedding'],
  'model.bias': ['with biases'],
  'model.embedding': ['embedding width'],
  'optimizer.name': ['optimizer'],
  'schedule.name': ['schedule'],
  'schedule.warmup': ['warm-up steps'],
  'schedule.final': ['final rate'],
  'schedule.decay': ['decay share'],
  'evaluate.spacing': ['evaluations by'],
  'evaluate.every': ['evaluate every'],
  'evaluate.movement': ['how far weights move'],
  'widthRule.reference': ['reference width'],
  'widthRule.exponent': ['width exponent'],
  clip: ['gradient clip'],
  seeding: ['seeds of replicas'],
  precision: ['precision'],
  compute: ['budget C (FLOPs)'],
};

const WORDS: Record<Language, FormWords> = {
  en: { tasks: {}, fields: ENGLISH, metrics: {}, choices: {} },
  zh: chinese,
};

const words = (): FormWords => WORDS[language()];

const fieldWords = (path: string, task = ''): FormWords['fields'][string] | undefined =>
  words().fields[path.replace(/^task\./, `${task}.`)] ?? words().fields[path];

const spaced = (key: string): string => key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Options for those who know what they are looking for. */
const FURTHER = new Set([
  'task.validation',
  'task.pool',
  'task.world',
  'model.embeddingScale',
  'model.outputScale',
]);

/** Options of an MLP that have no effect unless its inputs are tokens. */
const FOR_TOKENS = new Set(['embedding', 'combine', 'embeddingScale']);

export const labelOf = (path: string, task?: string): string =>
  (fieldWords(path, task) ?? ENGLISH[path])?.[0] ?? spaced(path.split('.').at(-1)!);

const taskLabel = (name: string): string => words().tasks[name]?.[0] ?? name.replaceAll('-', ' ');

export const taskDescription = (name: string, described: string): string =>
  words().tasks[name]?.[1] ?? described;

export const metricLabel = (name: string): string =>
  (Object.hasOwn(words().metrics, name) ? words().metrics[name] : undefined) ?? spaced(name);

/** What a run is called until it is renamed. */
export function nameOf({ task, model }: RunSpec): string {
  const size = model.kind === 'mlp' ? showValue(model.hidden) : `${model.layers} × ${model.width}`;
  return `${taskLabel(task.name)} · ${model.kind === 'mlp' ? 'MLP' : 'Transformer'} ${size}`;
}

const choiceLabel = (value: string): string => words().choices[value] ?? value;

/** A field of a schema as the form shows it. */
function formField(field: Field, prefix: string, task: string): FormField {
  const path = prefix ? `${prefix}.${field.key}` : field.key;
  const label = labelOf(path, task);
  const help = fieldWords(path, task)?.[1];
  const common = {
    path,
    label,
    help: help ?? field.description,
    ...(help === undefined && language() !== SOURCE && { helpLang: SOURCE }),
  };
  if (field.kind !== 'choice') return { ...field, ...common };
  return {
    ...common,
    kind: 'choice',
    default: field.default,
    choices: field.choices.map((choice) => [choice, choiceLabel(choice)] as const),
  };
}

/** The whole form as it is for a draft. */
export function sectionsOf(form: FormDescription, draft: Draft): FormSection[] {
  const task = taskOf(draft);
  const kind = draft['model.kind'] === 'transformer' ? 'transformer' : 'mlp';
  const optimizer = (['sgd', 'muon'] as const).find((name) => name === draft['optimizer.name']) ?? 'adamw';
  const all = (list: readonly Field[], prefix: string): FormField[] =>
    list.map((field) => formField(field, prefix, task));
  const split = (list: FormField[]): Pick<FormSection, 'fields' | 'further'> => ({
    fields: list.filter(({ path }) => !FURTHER.has(path)),
    further: list.filter(({ path }) => FURTHER.has(path)),
  });
  const head = (path: string, values: (readonly [string, string])[], value: string): FormField => ({
    path,
    label: labelOf(path),
    help: fieldWords(path)?.[1] ?? '',
    kind: 'choice',
    choices: values,
    // Fields that decide which others there are show their value even where it is the default.
    default: value,
  });
  const own = form.tasks.find(({ name }) => name === task)?.fields.filter(({ key }) => key !== 'text') ?? [];
  const taskFields = split(all(own, 'task'));
  const isVectors = form.tasks.find(({ name }) => name === task)?.inputs === 'vectors';
  const modelFields = split(
    all(
      form.models[kind].filter(({ key }) => !isVectors || !FOR_TOKENS.has(key)),
      'model',
    ),
  );
  const common = ['learningRate', 'batch', 'steps', 'replicas', 'seed'];
  const run = (isCommon: boolean): FormField[] =>
    all(
      isCommon
        ? common.map((key) => form.run.find((field) => field.key === key)!)
        : form.run.filter(({ key }) => !common.includes(key)),
      '',
    );
  const tasksByName = form.tasks.map(({ name }) => [name, taskLabel(name)] as const);
  return [
    {
      title: strings.groups.task,
      fields: [head('task.name', tasksByName, task), ...taskFields.fields],
      further: taskFields.further ?? [],
    },
    {
      title: strings.groups.model,
      fields: [
        head('model.kind', [['mlp', 'MLP'], ['transformer', 'Transformer']], kind), // prettier-ignore
        ...modelFields.fields,
      ],
      further: modelFields.further ?? [],
    },
    {
      title: strings.groups.training,
      fields: [
        ...run(true),
        head('optimizer.name', [['adamw', 'AdamW'], ['sgd', 'SGD'], ['muon', 'Muon']], optimizer), // prettier-ignore
      ],
      further: [
        ...all(form.optimizers[optimizer], 'optimizer'),
        ...all(form.schedule, 'schedule'),
        ...all(form.evaluate, 'evaluate'),
        ...run(false),
        ...all(form.widthRule, 'widthRule'),
      ],
    },
  ];
}
