/** What the build makes of a Markdown file (build/prose): data and HTML, so that the page ships no parser. */

export interface Source {
  text: string;
  url: string;
}

/** What lists need of a text. */
export interface ProseMeta {
  question: string;
  description: string;
  /** minutes to read it, its run and its checks included */
  minutes: number;
}

export interface Prose extends ProseMeta {
  /** the claim as it is made in public */
  claim?: string;
  sources: Source[];
  /** moments of a run that words of the text point at, in words */
  marks: Record<string, string>;
  /** the parts below headings of the second level: of a lesson by their ids, of other pages by the headings themselves */
  sections: { name: string; html: string }[];
}
