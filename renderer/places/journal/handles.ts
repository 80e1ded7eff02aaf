/** What the parts of the details pane let shortcuts do. */
export interface NoteHandle {
  readonly focus: () => void
  readonly showHistory: () => void
}

export interface TagsHandle {
  readonly focus: () => void
}

export interface DetailsHandle {
  readonly editNote: () => void
  readonly showHistory: () => void
  readonly addTag: () => void
}

export interface TitleHandle {
  readonly rename: () => void
}

export interface SearchHandle {
  readonly focus: () => void
}
