/** Names of fields in a language; a field without one has the name of its schema's key. */
export interface FormWords {
  tasks: Readonly<Record<string, readonly [name: string, description: string]>>;
  /** by path; a field with a special meaning in one task has the task's name in front, as in `shapes.noise` */
  fields: Readonly<Record<string, readonly [label: string, help?: string]>>;
  metrics: Readonly<Record<string, string>>;
  choices: Readonly<Record<string, string>>;
}
