/** What commands say of their options is what they take. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HELP } from '../../src/cli/help.ts';
import { COMMANDS } from '../../src/cli/main.ts';

const optionsIn = (text: string): string[] => [...new Set(text.match(/--[a-z][a-z-]*/g))].sort();

test.each(Object.entries(COMMANDS))(
  'help of %s explains each option of its usage, and no other',
  (name, { usage }) => {
    const { options = {} } = HELP[name as keyof typeof HELP];
    const explained = Object.keys(options).flatMap(optionsIn);
    expect([...new Set(explained)].sort()).toEqual(optionsIn(usage));
  },
);

const README = [
  ...readFileSync('README.md', 'utf8').matchAll(/^npm run lab -- (?<line>(?<name>\w+)[^#\n]*)/gm),
].map(({ groups }) => groups as { line: string; name: string });

test('the commands of the README are known, with their options', () => {
  expect(README.length).toBeGreaterThan(5);
  for (const { line, name } of README)
    expect(optionsIn(COMMANDS[name as keyof typeof COMMANDS].usage)).toEqual(
      expect.arrayContaining(optionsIn(line)),
    );
});

test('what the README goes on with is a run that it has begun, with the same options', () => {
  const begun = README.map(({ line }) => line.trim());
  const onward = begun.filter((line) => line.endsWith('--resume'));
  expect(onward.length).toBeGreaterThan(0);
  for (const line of onward) expect(begun).toContain(line.replace(' --resume', ''));
});
