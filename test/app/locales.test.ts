/** Every message has a translation with the same values, and no translation is left over. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { templates } from '../../src/locales/zh.ts';
import { ATTRIBUTE_PROBLEMS } from '../../src/attribute-words.ts';
import { EXCESS_PROBLEMS } from '../../src/excess-words.ts';
import { FILE_PROBLEMS } from '../../src/file-words.ts';
import { PROBLEMS } from '../../src/problem-words.ts';
import { RECORD_PROBLEMS } from '../../src/record-words.ts';
import { RESULT_PROBLEMS } from '../../src/result-words.ts';

interface Message {
  id: string;
  values: number;
}

/** The calls of `msg` in a file: their ids, and how many values their texts have. */
function messages(path: string): Message[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const found: Message[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'msg') {
      const [text, options] = node.arguments;
      const id = /id: '([^']+)'/.exec(options?.getText(file) ?? '')?.[1];
      expect(id, `a message in ${path} has no id: ${text!.getText(file)}`).toBeDefined();
      const template = ts.isTaggedTemplateExpression(text!) ? text.template : undefined;
      const values = template && ts.isTemplateExpression(template) ? template.templateSpans.length : 0;
      found.push({ id: id!, values });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Says whatever has a code: the words are those of src/problem-words.ts. */
const BY_CODE = 'say-problem.ts';
const tables = {
  ...ATTRIBUTE_PROBLEMS,
  ...PROBLEMS,
  ...RECORD_PROBLEMS,
  ...RESULT_PROBLEMS,
  ...FILE_PROBLEMS,
  ...EXCESS_PROBLEMS,
};
const problems = Object.entries(tables).map(([code, english]) => ({
  id: `problem.${code}`,
  values: english.split('{}').length - 1,
}));

const sources = ['src/app', 'src/components', 'src/figures'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== BY_CODE)
    .map((name) => join(folder, name)),
);
const all = [...sources.flatMap(messages), ...problems];
const known: Record<string, unknown> = templates;

test('ids are given once', () => {
  const ids = all.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(ids.length).toBeGreaterThan(200);
});

test('every message is translated, and nothing else is', () => {
  expect(all.filter(({ id }) => !(id in known)).map(({ id }) => id)).toEqual([]);
  const ids = new Set(all.map(({ id }) => id));
  expect(Object.keys(known).filter((id) => !ids.has(id))).toEqual([]);
});

test('a translation has the values of its message', () => {
  for (const { id, values } of all) {
    const translation = known[id] as string | { values: number[] };
    const given = typeof translation === 'string' ? [] : [...translation.values].sort();
    expect(given, id).toEqual(Array.from({ length: values }, (_, i) => i));
  }
});
