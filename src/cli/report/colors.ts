/** The colours of the page, for drawings: read from its style sheet, so that there is one place for them. */
import tokens from '../../styles/tokens.css?raw';

export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const PAIR = /--lab-([\w-]+): light-dark\((#[\da-f]+), (#[\da-f]+)\);/g;
const [usual = ''] = tokens.split('}');
const COLORS = new Map(
  [...usual.matchAll(PAIR)].map(([, name, light, dark]) => [name!, { light: light!, dark: dark! }]),
);

/** @throws Error for a name that is no colour of the page */
export function colorIn(theme: Theme): (token: string) => string {
  return (token) => {
    const color = COLORS.get(token)?.[theme];
    if (color === undefined) throw new Error(`styles/tokens.css has no colour --lab-${token}`);
    return color;
  };
}

/** For a page that follows its reader's choice of light or dark. */
export const colorsOfPage = (): string =>
  `:root { color-scheme: light dark; ${[...COLORS].map(([name, { light, dark }]) => `--lab-${name}: light-dark(${light}, ${dark});`).join(' ')} }`;
