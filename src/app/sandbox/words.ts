/** What the fields of the sandbox are called. English follows from the schemas; Chinese has words of its own. */
import type { FormField, FormSection } from '../../components/index.ts';
import type { Field, FormDescription, RunSpec } from '../../worker/protocol.ts';
import { language } from '../language.ts';
import { type Draft, showValue } from './draft.ts';
import { strings } from './sandbox-strings.ts';
import { choices, fields, metrics, tasks } from './words-zh.ts';

/** Where the key alone says too little. */
const ENGLISH: Record<string, string> = {
  'task.name': 'task',
  'task.kind': 'shape',
  'task.validation': 'held-out rows',
  'task.pool': 'training rows',
  'task.world': 'seed of the world',
  'task.perRow': 'facts per row',
  'task.length': 'context length',
  'task.heldOut': 'held-out share',
  'task.unique': 'distinct examples',
  'task.overrides': 'share of own facts',
  'task.common': 'weight of domain 0',
  'task.domain': 'domain to learn',
  'task.share': 'share of that domain',
  'task.targets': 'answer as',
  'task.units': 'a symbol is',
  'model.kind': 'model',
  'model.hidden': 'hidden layers',
  'model.mlp': 'with MLP',
  'model.tied': 'tied embedding',
  'model.bias': 'with biases',
  'model.embedding': 'embedding width',
  'optimizer.name': 'optimizer',
  'schedule.name': 'schedule',
  'schedule.warmup': 'warm-up steps',
  'schedule.final': 'final rate',
  'schedule.decay': 'decay share',
  'evaluate.spacing': 'evaluations by',
  'evaluate.every': 'evaluate every',
  'evaluate.movement': 'how far weights move',
  'widthRule.reference': 'reference width',
  'widthRule.exponent': 'width exponent',
  clip: 'gradient clip',
  precision: 'precision',
  compute: 'budget C (FLOPs)',
};

/** Options for those who know what they are looking for. */
const FURTHER = new Set([
  'task.validation',
  'task.pool',
  'task.world',
  'model.embeddingScale',
  'model.outputScale',
]);

/** Options of an MLP that say nothing where the inputs are no tokens. */
const FOR_TOKENS = new Set(['embedding', 'combine', 'embeddingScale']);

export function labelOf(path: string, task?: string): string {
  if (language() === 'zh') {
    const own = task === undefined ? undefined : fields[path.replace(/^task\./, `${task}.`)];
    const found = own ?? fields[path];
    if (found) return found[0];
  }
  return (
    ENGLISH[path] ??
    path
      .split('.')
      .at(-1)!
      .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  );
}

export function taskLabel(name: string): string {
  return (language() === 'zh' ? tasks[name]?.[0] : undefined) ?? name.replaceAll('-', ' ');
}

export function taskDescription(name: string, described: string): string {
  return (language() === 'zh' ? tasks[name]?.[1] : undefined) ?? described;
}

export function metricLabel(name: string): string {
  const zh = language() === 'zh' ? metrics[name] : undefined;
  return zh ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What a run is called until it is renamed. */
export function nameOf({ task, model }: RunSpec): string {
  const size = model.kind === 'mlp' ? showValue(model.hidden) : `${model.layers} × ${model.width}`;
  return `${taskLabel(task.name)} · ${model.kind === 'mlp' ? 'MLP' : 'Transformer'} ${size}`;
}

const choiceLabel = (value: string): string => (language() === 'zh' ? (choices[value] ?? value) : value);

/** A field of a schema as the form shows it. */
export function formField(field: Field, prefix: string, task: string): FormField {
  const path = prefix ? `${prefix}.${field.key}` : field.key;
  const label = labelOf(path, task);
  const zh =
    language() === 'zh' ? (fields[path.replace(/^task\./, `${task}.`)] ?? fields[path])?.[1] : undefined;
  const common = {
    path,
    label,
    help: zh ?? field.description,
    ...(language() === 'zh' && !zh && { helpLang: 'en' }),
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
  const task = String(draft['task.name']);
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
    help: (language() === 'zh' ? fields[path]?.[1] : undefined) ?? '',
    kind: 'choice',
    choices: values,
    // What decides about the other fields is always said.
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
