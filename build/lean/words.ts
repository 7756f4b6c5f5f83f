/** The engine without the words that no figure shows: descriptions of options, and messages of assertions. */
import type { Plugin } from 'vite';

/** Calls that declare an option of a schema, with its description as their last argument. */
const DECLARATIONS = new Set(['integer', 'real', 'flag', 'choice', 'string', 'numbers']);

interface Node {
  type: string;
  start: number;
  end: number;
  key?: { name?: string };
  value?: Node;
  callee?: { name?: string };
  arguments?: Node[];
}

/** Tasks and options without their descriptions, where no form shows them. */
export function withoutDescriptions(): Plugin {
  return {
    name: 'without-descriptions',
    transform(code, id) {
      if (id.endsWith('/src/schema.ts'))
        return { code: code.replace(/\bv\.(description|metadata)\([^()]*\),?/g, ''), map: null };
      if (!/\/src\/(tasks|models|training)\//.test(id)) return null;
      const places: [number, number][] = [];
      const visit = (value: unknown): void => {
        if (typeof value !== 'object' || value === null) return;
        const node = value as Node;
        const last = node.arguments?.at(-1);
        if (
          node.type === 'CallExpression' &&
          DECLARATIONS.has(node.callee?.name ?? '') &&
          last?.type === 'Literal'
        )
          places.push([last.start, last.end]);
        if (node.type === 'Property' && node.key?.name === 'description' && node.value?.type === 'Literal')
          places.push([node.value.start, node.value.end]);
        Object.values(value).forEach(visit);
      };
      visit(this.parse(code));
      if (!places.length) return null;
      const short = places
        .toSorted(([a], [b]) => b - a)
        .reduce((text, [start, end]) => `${text.slice(0, start)}''${text.slice(end)}`, code);
      return { code: short, map: null };
    },
  };
}

/**
 * Kernels without the words of their assertions: a figure's are put together by the engine alone, which is tested. What
 * people may ask too much of is said elsewhere, by the trainer and the device; why nothing is measured, by the page.
 */
export function withoutAssertions(): Plugin {
  return {
    name: 'without-assertions',
    transform(code, id) {
      if (!/\/src\/(kernels|autodiff|training\/measuring)\/|\/src\/gpu\/(kernel|tensor)\.ts/.test(id))
        return null;
      return {
        code: code.replace(/new (Range|NoKernels|)Error\((?:[^()`]|`[^`]*`)*\)/g, "new $1Error('kernel')"),
        map: null,
      };
    },
  };
}
