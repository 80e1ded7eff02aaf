/** What can be asked of a thread, by kind, and the answer to each question: plain data both. */
export type Questions<Asked> = { readonly [Kind in keyof Asked]: { readonly ask: unknown; readonly answer: unknown } }

export type QuestionOrder<Asked extends Questions<Asked>> = {
  [Kind in keyof Asked]: { readonly id: number; readonly kind: Kind; readonly ask: Asked[Kind]['ask'] }
}[keyof Asked]

/** `note` comes before an answer and belongs to no question; `failed` is a defect of the lab. */
export type QuestionMessage<Asked extends Questions<Asked>, Note> =
  | { readonly id: number; readonly kind: 'answered'; readonly answer: Asked[keyof Asked]['answer'] }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'note'; readonly note: Note }
