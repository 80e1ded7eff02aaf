/** What a call that may be declined by the user or refused for a reason answers; developer errors reject instead. */
export type Outcome<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'declined' }
  | { readonly kind: 'refused'; readonly reason: string }
