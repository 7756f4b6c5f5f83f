declare module '*.md?raw' {
  const text: string;
  export default text;
}

declare module 'comlink/dist/esm/node-adapter.mjs' {
  import type { Endpoint } from 'comlink';
  import type { MessagePort, Worker } from 'node:worker_threads';

  export default function nodeEndpoint(endpoint: MessagePort | Worker): Endpoint;
}

declare module '*.py?raw' {
  const text: string;
  export default text;
}
