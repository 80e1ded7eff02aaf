/** A variable of a scenario in C, at the moment of a call of the allocator. */
export interface ProgramValue {
  readonly name: string
  /** As C writes it, without the length of an array. */
  readonly type: string
  /** One for a scalar, the first `ELEMENTS_SHOWN_MAX` of an array; `undefined` for what is not set. */
  readonly values: readonly (ProgramScalar | undefined)[]
  /** Elements of an array; `undefined` for a scalar. */
  readonly length: number | undefined
}

/** A number in decimal digits, or a pointer: NULL, a mapping that lives, or one that was unmapped. */
export type ProgramScalar =
  | { readonly kind: 'number'; readonly digits: string }
  | { readonly kind: 'null' | 'stale' }
  /** The first page, counted from VMALLOC_START. */
  | { readonly kind: 'mapping'; readonly startPage: number }

/** A pass through a loop. */
export interface ProgramPass {
  /** Of the loop, 1 for the first of the text. */
  readonly line: number
  /** 1 for the first since the loop was entered. */
  readonly iteration: number
}

/** A function that is being executed. */
export interface ProgramFrame {
  readonly functionName: string
  /** Where it calls the allocator, or the function that does. */
  readonly line: number
  /** Its parameters and local variables that are in scope there, in the order of their declarations. */
  readonly variables: readonly ProgramValue[]
  /** Of the loops around that, the outermost first. */
  readonly passes: readonly ProgramPass[]
}

/** What a scenario in C has in hand when it makes an operation, before the operation has answered. */
export interface ProgramValues {
  readonly operation: number
  /** The function that makes it first, then those that called it. */
  readonly frames: readonly ProgramFrame[]
  /** Parameters of the scenario among them. */
  readonly globals: readonly ProgramValue[]
}

/** Elements of an array that are shown. */
export const ELEMENTS_SHOWN_MAX = 16
