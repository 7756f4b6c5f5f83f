/** Integer constants of WGSL: what sizes of workgroups and of their memory are made of. */

/** The right side of each `const` of a module, by its name. */
export function constantsOf(code: string): ReadonlyMap<string, string> {
  return new Map(
    [...code.matchAll(/\bconst +(\w+)[^=;]*=([^=;]*);/g)].map(([, name, value]) => [name!, value!]),
  );
}

/**
 * The value of an expression of integers, constants, + − * / % and brackets.
 * @throws Error for anything else
 */
export function evaluate(expression: string, constants: ReadonlyMap<string, string>): number {
  const tokens = expression.match(/\w+|\S/g) ?? [];
  let at = 0;
  const operations = (operators: string, operand: () => number): number => {
    let value = operand();
    while (at < tokens.length && operators.includes(tokens[at]!)) {
      const operator = tokens[at++];
      const other = operand();
      if (operator === '+') value += other;
      else if (operator === '-') value -= other;
      else if (operator === '*') value *= other;
      else value = operator === '/' ? Math.trunc(value / other) : value % other;
    }
    return value;
  };
  const sum = (): number => operations('+-', () => operations('*/%', atom));
  const atom = (): number => {
    const token = tokens[at++] ?? '';
    if (token === '(') {
      const value = sum();
      at++; // its )
      return value;
    }
    if (/^\d+[ui]?$/.test(token)) return parseInt(token, 10);
    const value = constants.get(token);
    if (value === undefined) throw new Error(`"${token}" is no constant.`);
    return evaluate(value, constants);
  };
  const value = sum();
  if (at < tokens.length) throw new Error(`"${expression}" is no expression of integers.`);
  return value;
}
