import type { Directive } from 'vue'
import type { TermId } from './glossary.ts'

/**
 * `v-term="'free_vmap_block'"` marks what an element stands for: pointing at it shows what that means, and the list of all
 * that is marked (Shift+F1) says it to whoever uses the keyboard, without a tab stop for each.
 */
export const vTerm: Directive<HTMLElement, TermId | undefined> = (element, { value }) => {
  if (value === undefined) delete element.dataset['term']
  else element.dataset['term'] = value
}

/** The terms that are marked in what is shown now, in its order, each once. */
export function shownTerms(): readonly string[] {
  const marked = [...document.querySelectorAll<HTMLElement>('[data-term]')].filter((element) =>
    element.checkVisibility(),
  )
  return [...new Set(marked.map((element) => element.dataset['term'] ?? ''))]
}
