/** What a form for a RunSpec needs to know, read from the schemas: every task, model and optimizer with its options. */
import { fields, type Field } from '../../option-schema.ts';
import { MlpSchema, TransformerSchema } from '../../models/config.ts';
import { tasks } from '../../tasks/index.ts';
import {
  AdamWSchema,
  EvaluateSchema,
  MuonSchema,
  parseSpec,
  RunSchema,
  ScheduleSchema,
  SgdSchema,
  taskOf,
  WidthRuleSchema,
} from './spec.ts';

export interface FormTask {
  name: string;
  description: string;
  fields: Field[];
  /** the kind of model that suits it as its options stand by default */
  model: 'mlp' | 'transformer';
  inputs: 'tokens' | 'vectors';
}

export interface FormDescription {
  tasks: FormTask[];
  models: Record<'mlp' | 'transformer', Field[]>;
  optimizers: Record<'adamw' | 'sgd' | 'muon', Field[]>;
  schedule: Field[];
  evaluate: Field[];
  widthRule: Field[];
  /** options of the spec itself: learning rate, batch, steps, seeds … */
  run: Field[];
}

export function describeForm(): FormDescription {
  return {
    tasks: Object.values(tasks).map(({ name, description, schema }) => {
      const spec = parseSpec({ task: { name } });
      const { inputs } = taskOf(spec).shape;
      return { name, description, fields: fields(schema), model: spec.model.kind, inputs: inputs.kind };
    }),
    models: { mlp: fields(MlpSchema), transformer: fields(TransformerSchema) },
    optimizers: { adamw: fields(AdamWSchema), sgd: fields(SgdSchema), muon: fields(MuonSchema) },
    schedule: fields(ScheduleSchema),
    evaluate: fields(EvaluateSchema),
    widthRule: fields(WidthRuleSchema),
    run: fields(RunSchema),
  };
}
