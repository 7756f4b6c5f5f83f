/** A figure as an author embeds it: its attributes. Apart from the texts to paste, which are loaded with their dialog. */
import type { LabChart, Prediction } from '../../components/index.ts';
import type { Changes } from '../../lessons/changes.ts';
import type { Figure } from '../../lessons/lesson.ts';
import { language } from '../../locales/language.ts';
import { type Choice, withoutSeed } from './choice.ts';

export interface Embedded {
  lesson: string;
  lang: string;
  size?: string;
  seed?: number;
  changes?: Changes;
  /** name of the figure that is shown */
  figure?: string;
  /** `linear`, `log-x`, `log-y` or `log-log` */
  scale?: string;
  /** where it is left out, the figure asks for a prediction first */
  answer?: 'shown';
  /** where it is left out, the page's own */
  theme?: string;
  /** where it is left out, all */
  controls?: string;
  /** where it is left out, only the curve */
  view?: 'inside';
  prediction?: Prediction | undefined;
}

/** The figure as a lesson's page shows it now. */
export function embeddedFrom(
  lesson: string,
  { size, changes }: Choice,
  chart: LabChart | null,
  figure: Figure | undefined,
  prediction: Prediction | undefined,
): Embedded {
  const { seed, others } = withoutSeed(changes);
  const [x, y] = [chart?.logX ?? false, chart?.logY ?? false];
  const usual = !chart || !figure || ((figure.x.scale === 'log') === x && (figure.y.scale === 'log') === y);
  return {
    lesson,
    lang: language(),
    size,
    ...(seed !== undefined && { seed }),
    changes: others,
    ...(figure && figure.name !== 'live' && { figure: figure.name }),
    ...(!usual && { scale: x && y ? 'log-log' : x ? 'log-x' : y ? 'log-y' : 'linear' }),
    prediction,
  };
}
