/** Names that this language gives; what it leaves out is called as in the schemas. */
export interface FormWords {
  tasks: Readonly<Record<string, readonly [name: string, description: string]>>;
  /** by path; what means something of its own in one task stands under the task's name, as `shapes.noise` */
  fields: Readonly<Record<string, readonly [label: string, help?: string]>>;
  metrics: Readonly<Record<string, string>>;
  choices: Readonly<Record<string, string>>;
}
