/**
 * Comlink without what no page asks of it: workers have methods that are called and listeners that are heard; no
 * members are set, nothing is constructed there, no further ports are asked for, and nothing is released
 * but by the garbage collector.
 */
import type { Plugin } from 'vite';

/** What goes out. */
const UNUSED: readonly RegExp[] = [
  /^ {16}case "(?:SET|CONSTRUCT|ENDPOINT)"[^]*?^ {20}break;$/gm,
  /^ {8}(?:set\(_target, prop, rawValue|construct\(_target, rawArgumentList)\) \{$[^]*?^ {8}\},$/gm,
  /^ {12}if \(last === createEndpoint\) \{$[^]*?^ {12}\}$/gm,
  /^ {8}if \(!isAllowedOrigin\(allowedOrigins, ev\.origin\)\) \{$[^]*?^ {8}\}$/gm,
  /^ {12}if \(prop === releaseProxy\) \{$[^]*?^ {12}\}$/gm,
  /^ {12}throwIfProxyReleased\(isProxyReleased\);$/gm,
  /^ {12}if \(last === "bind"\) \{$[^]*?^ {12}\}$/gm,
  /^ {16}if \(finalizer in obj\b.*\{$[^]*?^ {16}\}$/gm,
];

export function slimComlink(): Plugin {
  return {
    name: 'slim-comlink',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/comlink/dist/esm/comlink.mjs')) return null;
      const slim = UNUSED.reduce((text, pattern) => {
        if (!pattern.test(text)) this.error(`Comlink has changed: nothing in it is like ${String(pattern)}`);
        return text.replace(pattern, '');
      }, code);
      return { code: slim, map: null };
    },
  };
}
