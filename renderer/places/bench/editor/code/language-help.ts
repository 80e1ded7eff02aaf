import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import { activateHover, EditorView, hoverTooltip, type Tooltip } from '@codemirror/view'
import { LANGUAGE_CALLS, LANGUAGE_CONSTANTS, type LanguageEntry } from '../../../../../shared/scenario-language.ts'
import { ownNames, type NameKind } from './own-names.ts'

const KEYWORDS =
  'bool break case char const continue default do else for if int long return short signed static switch unsigned void while'

const PARSE_MS_MAX = 50

const COMPLETION_TYPES: Readonly<Record<NameKind, string>> = {
  function: 'function',
  constant: 'constant',
  parameter: 'property',
  variable: 'variable',
}

function completion(entry: LanguageEntry, type: string): Completion {
  return { label: entry.name, type, detail: entry.signature, info: entry.help }
}

const LANGUAGE_COMPLETIONS: readonly Completion[] = [
  ...LANGUAGE_CALLS.map((entry) => completion(entry, 'function')),
  ...LANGUAGE_CONSTANTS.map((entry) => completion(entry, 'constant')),
  ...KEYWORDS.split(' ').map((label) => ({ label, type: 'keyword' })),
]

/** Offers the calls and constants of the language and the text's own names. */
export function completeNames(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/\w*/)
  if (word === null || (word.from === word.to && !context.explicit) || /^\d/.test(word.text)) return null
  if (isText(context.state, context.pos)) return null
  const own = namesIn(context.state).map((name) => completion(name, COMPLETION_TYPES[name.kind]))
  const taken = new Set(own.map(({ label }) => label))
  const options = [...own, ...LANGUAGE_COMPLETIONS.filter(({ label }) => !taken.has(label))]
  return { from: word.from, options: options.filter(({ label }) => label !== word.text), validFor: /^\w*$/ }
}

/** True inside comments and strings, where names are words. */
function isText(state: EditorState, offset: number): boolean {
  return /Comment|String/.test(syntaxTree(state).resolveInner(offset, -1).name)
}

function namesIn(state: EditorState) {
  const tree = ensureSyntaxTree(state, state.doc.length, PARSE_MS_MAX) ?? syntaxTree(state)
  return ownNames(tree, state.doc.toString())
}

export interface WordHelp extends LanguageEntry {
  readonly from: number
  readonly to: number
}

/** What is known of the name at an offset. What the text declares stands before what the language has. */
export function helpAt(state: EditorState, offset: number): WordHelp | undefined {
  const word = state.wordAt(offset)
  if (word === null || isText(state, word.to)) return undefined
  const name = state.sliceDoc(word.from, word.to)
  const entry = [...namesIn(state), ...LANGUAGE_CALLS, ...LANGUAGE_CONSTANTS].find(
    (candidate) => candidate.name === name,
  )
  return entry && { ...entry, from: word.from, to: word.to }
}

const helpTooltip = hoverTooltip((view, offset) => {
  const help = helpAt(view.state, offset)
  return help === undefined ? null : tooltipOf(help)
})

function tooltipOf({ name, signature, help, from, to }: WordHelp): Tooltip {
  return {
    pos: from,
    end: to,
    above: true,
    create: () => {
      const dom = document.createElement('div')
      dom.className = 'cm-help'
      const head = dom.appendChild(document.createElement('code'))
      head.textContent = signature.includes(name) ? signature : `${signature} ${name}`
      dom.appendChild(document.createElement('p')).textContent = help
      return { dom }
    },
  }
}

export const hoverHelp = helpTooltip

/** Shows and says the help for the name at the cursor. */
export function showHelp(view: EditorView): boolean {
  const { head } = view.state.selection.main
  const help = helpAt(view.state, head)
  if (help === undefined) {
    view.dispatch({ effects: EditorView.announce.of('There is no help for this place.') })
    return true
  }
  view.dispatch({ effects: EditorView.announce.of(`${help.signature}. ${help.help}`) })
  activateHover(view, help.from, 1, {
    tooltip: helpTooltip,
    until: (transaction) => transaction.docChanged || transaction.selection !== undefined,
  })
  return true
}
