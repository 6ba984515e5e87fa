/** A stretch of text in one weight. */
export interface Run {
  readonly text: string;
  readonly bold: boolean;
}
export type Runs = readonly Run[];
/** `side` = the block of parties at the right of the first page; `item` = a point of a list; `note` = small print. */
export type TextKind = 'title' | 'subtitle' | 'para' | 'left' | 'side' | 'item' | 'note';
export interface TextBlock {
  readonly kind: TextKind;
  readonly runs: Runs;
}
/** Line of a signature: who signs, and the name behind the empty line. */
export interface SignBlock {
  readonly kind: 'sign';
  readonly left: Runs;
  readonly right: Runs;
}
export interface PaperColumn {
  /** Part of the width. */
  readonly share: number;
  readonly align: 'left' | 'right' | 'center';
}
export interface PaperRow {
  readonly total: boolean;
  readonly cells: readonly Runs[];
}
export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly PaperColumn[];
  readonly head: readonly Runs[];
  readonly rows: readonly PaperRow[];
}
export type PaperBlock = TextBlock | SignBlock | TableBlock;

/** One document of a pack; it starts on a new page. */
export interface PaperPart {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
}
/** Documents that are drawn as one PDF with common page numbers, or each as a DOCX. */
export interface Paper {
  readonly title: string;
  /** Words at the foot of every page beside its number. */
  readonly foot: string;
  readonly parts: readonly PaperPart[];
}
