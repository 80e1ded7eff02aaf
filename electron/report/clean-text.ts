// Everything that moves the cursor or the reading direction: C0 and C1 without tab and newline, bidirectional marks,
// embeddings and isolates, byte order mark, annotations. Letters of right-to-left scripts stay.
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g
const LINE_ENDS = /\r\n?|\u2028|\u2029|\u0085|\u000b|\u000c/g
const LONE_SURROGATES = /\p{Surrogate}/gu

/** A person's text of several lines, without anything that could act on the reader's terminal or page. */
export function cleanText(text: string): string {
  return text.replace(LINE_ENDS, '\n').replace(CONTROLS, '').replace(LONE_SURROGATES, '\ufffd')
}

/** The same on one line: titles, questions, tags, reasons. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}
