/** Conditions of answers: comparisons of names and numbers joined by `and`, such as `ratio >= 3 and ratio < 5`. */

const COMPARE = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
};

type Operand = number | string;
export interface Comparison {
  left: Operand;
  operator: keyof typeof COMPARE;
  right: Operand;
}

const OPERAND = /-?\d+(?:\.\d+)?(?:e-?\d+)?|[A-Za-z]\w*/.source;
const COMPARISON = new RegExp(`^(${OPERAND})\\s*(<=|>=|<|>)\\s*(${OPERAND})$`);

/** @throws Error that names the part which is no comparison */
export function parseCondition(text: string): Comparison[] {
  return text.split(/\s+and\s+/).map((part) => {
    const [, left, operator, right] = COMPARISON.exec(part.trim()) ?? [];
    if (!left || !operator || !right) throw new Error(`"${part}" is no comparison such as \`ratio >= 3\``);
    return { left: operand(left), operator: operator as keyof typeof COMPARE, right: operand(right) };
  });
}

/** Whether all comparisons hold; undefined while one of the numbers is not known. */
export function holds(
  condition: readonly Comparison[],
  numbers: Readonly<Record<string, number>>,
): boolean | undefined {
  let all = true;
  for (const { left, operator, right } of condition) {
    const [a, b] = [left, right].map((side) => (typeof side === 'number' ? side : numbers[side]));
    if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) return undefined;
    all &&= COMPARE[operator](a, b);
  }
  return all;
}

const operand = (text: string): Operand => (/^[A-Za-z]/.test(text) ? text : Number(text));
