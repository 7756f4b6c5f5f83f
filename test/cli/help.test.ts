/** What commands say of their options is what they take. */
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
