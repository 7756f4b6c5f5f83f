/** Random specs that the schema takes, with few or many of their options spelled out. */
import { type Field } from '../../src/option-schema.ts';
import { SchemaError } from '../../src/schema.ts';
import type { Random } from '../../src/random.ts';
import { describeForm } from '../../src/training/spec/form.ts';
import { parseSpec } from '../../src/training/spec/spec.ts';

type Json = Record<string, unknown>;

const form = describeForm();

/** @throws Error when nothing that the schema takes was found in a hundred tries */
export function randomSpec(random: Random): Json {
  for (let tries = 0; tries < 100; tries++) {
    const spec = draw(random);
    try {
      parseSpec(spec);
      return spec;
    } catch (error) {
      if (!(error instanceof SchemaError)) throw error;
    }
  }
  throw new Error('The schema took none of a hundred random specs.');
}

function draw(random: Random): Json {
  const task = pick(form.tasks, random);
  const kind = pick(['mlp', 'transformer'] as const, random);
  const optimizer = pick(['adamw', 'sgd', 'muon'] as const, random);
  const run = form.run.filter(({ kind }) => kind !== 'numbers');
  const replicas = 1 + random.integer(4);
  const each = (value: number): number[] => Array<number>(replicas).fill(value);
  const some = (part: Json): Json => (random.uniform() < 0.5 ? part : {});
  return {
    task: { name: task.name, ...options(task.fields, random) },
    ...some({ model: { kind, ...options(form.models[kind], random) } }),
    ...some({ optimizer: { name: optimizer, ...options(form.optimizers[optimizer], random) } }),
    ...some({ schedule: options(form.schedule, random) }),
    ...some({ evaluate: options(form.evaluate, random) }),
    ...some({ widthRule: options(form.widthRule, random) }),
    ...options(run, random),
    replicas,
    ...some({ learningRates: each(1e-3) }),
    ...some({ trainingFractions: each(0.5) }),
  };
}

/** About a third of the options, each with a value of its own. */
function options(fields: readonly Field[], random: Random): Json {
  const chosen = fields.filter(() => random.uniform() < 0.35);
  return Object.fromEntries(chosen.map((field) => [field.key, valueOf(field, random)]));
}

function valueOf(field: Field, random: Random): unknown {
  switch (field.kind) {
    case 'integer': {
      const most = Math.min(field.max, Math.max(field.min + 4, 2 * field.default));
      return field.min + random.integer(most - field.min + 1);
    }
    case 'real':
      return field.min + random.uniform() * (Math.min(field.max, 2 * field.default + 0.1) - field.min);
    case 'choice':
      return pick(field.choices, random);
    case 'flag':
      return random.uniform() < 0.5;
    default:
      return field.default;
  }
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[random.integer(items.length)]!;
}
