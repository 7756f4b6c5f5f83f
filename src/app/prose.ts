/** What the build makes of a Markdown file (src/prose): data and HTML, so that the page ships no parser. */

export interface Source {
  text: string;
  url: string;
}

/** What lists and titles need of a text. */
export interface ProseMeta {
  title: string;
  question: string;
  description: string;
  /** minutes to read it, its run and its checks included */
  minutes: number;
}

/** What a learner predicts: a height, a place on the horizontal axis, a curve; or a number that no axis has. */
export const PREDICTION_KINDS = ['level', 'point', 'curve', 'number'] as const;
export type PredictionKind = (typeof PREDICTION_KINDS)[number];

export interface Predicted {
  kind: PredictionKind;
  /** the number of the run that it is held against */
  value: string;
  /** name of the figure on which it is drawn; a plain number has none */
  figure?: string;
  /** what stands behind a plain number, such as × */
  unit?: string;
}

export interface Prose extends ProseMeta {
  /** the claim as it is made in public */
  claim?: string;
  sources: Source[];
  /** moments of a run that words of the text point at, in words */
  marks: Record<string, string>;
  predict?: Predicted;
  /** the parts below headings of the second level: of a lesson by their ids, of other pages by the headings themselves */
  sections: { name: string; html: string }[];
}
