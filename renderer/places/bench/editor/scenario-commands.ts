import type { Command } from '../../../commands/registry.ts'
import type { CodeEditing } from './code/code-editing.ts'
import type { ScenarioActions } from './scenario-actions.ts'

/** The commands about scenarios as such, in the groups of their menu. */
export function fileCommands(actions: ScenarioActions): readonly (readonly Command[])[] {
  const isOpen = (): boolean => actions.open.value !== undefined
  const isOwn = (): boolean => actions.isOwn.value
  return [
    [
      { id: 'scenario-new', title: 'New scenario', shortcut: 'Ctrl+Alt+N', run: actions.create },
      {
        id: 'scenario-choose',
        title: 'Choose scenarios…',
        shortcut: 'Ctrl+O',
        run: () => actions.showDialog('choose'),
      },
    ],
    [
      {
        id: 'scenario-save',
        title: 'Save scenario',
        shortcut: 'Ctrl+S',
        enabled: () => actions.open.value?.unsaved === true,
        run: () => void actions.save(),
      },
      {
        id: 'scenario-versions',
        title: 'Versions of the scenario…',
        shortcut: 'Ctrl+Alt+V',
        enabled: () => (actions.open.value?.versions ?? 0) > 0,
        run: () => void actions.showVersions(),
      },
    ],
    [
      {
        id: 'scenario-duplicate',
        title: 'Duplicate scenario',
        shortcut: 'Ctrl+Shift+D',
        enabled: isOpen,
        run: () => void actions.duplicate(),
      },
      {
        id: 'scenario-rename',
        title: 'Rename scenario…',
        shortcut: 'F2',
        enabled: isOwn,
        run: () => actions.showDialog('rename'),
      },
      {
        id: 'scenario-delete',
        title: 'Delete scenario…',
        shortcut: 'Ctrl+Shift+Delete',
        enabled: isOwn,
        run: () => actions.showDialog('delete'),
      },
    ],
    [
      {
        id: 'scenario-import',
        title: 'Import .c file or trace…',
        shortcut: 'Ctrl+Shift+O',
        run: () => void actions.importFile(),
      },
      {
        id: 'scenario-export',
        title: 'Export as .c file…',
        shortcut: 'Ctrl+Shift+S',
        enabled: () => isOwn() && actions.isText.value,
        run: () => void actions.exportFile(),
      },
    ],
  ]
}

/** The commands about the text of the open scenario. */
export function textCommands(
  editor: () => CodeEditing | undefined,
  isOpen: () => boolean,
  toggleForm: () => void,
): readonly Command[] {
  const command = (id: string, title: string, shortcut: string, run: (editing: CodeEditing) => void): Command => ({
    id,
    title,
    shortcut,
    enabled: isOpen,
    run: () => {
      const editing = editor()
      if (editing !== undefined) run(editing)
    },
  })
  return [
    command('scenario-fix', 'Fix the problem at the cursor', 'Ctrl+.', (editing) => editing.applyFixAtCursor()),
    command('previous-problem', 'Go to the previous problem in the text', 'Shift+F8', (editing) => {
      editing.goToProblem(-1)
    }),
    command('scenario-help', 'Help for the name at the cursor', 'F1', (editing) => editing.help()),
    command('scenario-search', 'Search and replace in the scenario', 'Ctrl+F', (editing) => editing.search()),
    {
      id: 'scenario-form',
      title: 'Text or form of the scenario',
      shortcut: 'Ctrl+Alt+F',
      enabled: isOpen,
      run: toggleForm,
    },
  ]
}
