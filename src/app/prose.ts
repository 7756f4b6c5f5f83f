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

/** What a learner predicts: a height, a place on the horizontal axis, or a curve. */
export type PredictionKind = 'level' | 'point' | 'curve';

export interface Prose extends ProseMeta {
  /** the claim as it is made in public */
  claim?: string;
  sources: Source[];
  /** moments of a run that words of the text point at, in words */
  marks: Record<string, string>;
  /** what is predicted, and which number of the run it is held against */
  predict?: { kind: PredictionKind; value: string };
  /** the parts below headings of the second level: of a lesson by their ids, of other pages by the headings themselves */
  sections: { name: string; html: string }[];
}
