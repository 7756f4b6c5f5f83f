// A declaration for all files of a kind can't import; it may only name types in place.
/* eslint-disable @typescript-eslint/consistent-type-imports */

declare module '*.md' {
  const prose: import('./prose.ts').Prose;
  export default prose;
}

declare module '*.md?meta' {
  const meta: import('./prose.ts').ProseMeta;
  export default meta;
}
