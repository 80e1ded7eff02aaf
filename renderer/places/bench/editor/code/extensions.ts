import { autocompletion } from '@codemirror/autocomplete'
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands'
import { cpp } from '@codemirror/lang-cpp'
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { lintGutter } from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  closeHoverTooltips,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  type KeyBinding,
} from '@codemirror/view'
import { checkedTextField } from './checked-text.ts'
import { editHistory } from './form-edits.ts'
import { completeNames, hoverHelp } from './language-help.ts'
import { codeHighlight, codeTheme } from './theme.ts'

/** Keys that mean something else in this window: Ctrl+Enter runs, Ctrl+Shift+L changes the theme. One cursor is enough. */
const OTHER_MEANING = ['Mod-Enter', 'Mod-Shift-l', 'Mod-d', 'Mod-Alt-ArrowUp', 'Mod-Alt-ArrowDown']

/** Esc ends with the editor: it prepares Tab to leave it, and must not cancel what is running. */
const keepEscape: KeyBinding = {
  key: 'Escape',
  run: (view) => {
    view.dispatch({ effects: closeHoverTooltips })
    return true
  },
}

const SEARCH_WORDS = {
  next: 'Next',
  previous: 'Previous',
  'match case': 'Match case',
  regexp: 'Regular expression',
  'by word': 'Whole words',
  replace: 'Replace',
  'replace all': 'Replace all',
}

export const HINT_ID = 'scenario-text-hint'

/** Everything that the editor of a scenario's text can do by itself. */
export function scenarioExtensions(): Extension {
  const keys = [...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]
  return [
    lineNumbers(),
    lintGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    editHistory,
    indentOnInput(),
    indentUnit.of('\t'),
    EditorState.tabSize.of(4),
    bracketMatching(),
    search({ top: true }),
    EditorState.phrases.of(SEARCH_WORDS),
    autocompletion({ override: [completeNames], icons: false }),
    cpp(),
    syntaxHighlighting(codeHighlight),
    hoverHelp,
    checkedTextField,
    codeTheme,
    EditorView.contentAttributes.of({
      'aria-label': 'Scenario text, C',
      'aria-describedby': HINT_ID,
      // Editable text takes the focus without it, which not every accessibility tool knows
      tabindex: '0',
    }),
    keymap.of([...keys.filter(({ key }) => key === undefined || !OTHER_MEANING.includes(key)), keepEscape]),
  ]
}
