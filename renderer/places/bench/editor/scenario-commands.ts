import type { CommandId } from '../../../../shared/command-catalog.ts'
import type { Command } from '../../../commands/registry.ts'
import type { CodeEditing } from './code/code-editing.ts'
import type { ScenarioActions } from './scenario-actions.ts'

/** The commands about scenarios as such, in the groups of their menu. */
export function fileCommands(actions: ScenarioActions): readonly (readonly Command[])[] {
  const isOpen = (): boolean => actions.open.value !== undefined
  const isOwn = (): boolean => actions.isOwn.value
  return [
    [
      { id: 'scenario-new', run: actions.create },
      {
        id: 'scenario-choose',
        run: () => actions.showDialog('choose'),
      },
    ],
    [
      {
        id: 'scenario-save',
        enabled: () => actions.open.value?.unsaved === true,
        run: () => void actions.save(),
      },
      {
        id: 'scenario-versions',
        enabled: () => (actions.open.value?.versions ?? 0) > 0,
        run: () => void actions.showVersions(),
      },
    ],
    [
      {
        id: 'scenario-duplicate',
        enabled: isOpen,
        run: () => void actions.duplicate(),
      },
      {
        id: 'scenario-rename',
        enabled: isOwn,
        run: () => actions.showDialog('rename'),
      },
      {
        id: 'scenario-delete',
        enabled: isOwn,
        run: () => actions.showDialog('delete'),
      },
    ],
    [
      {
        id: 'scenario-import',
        run: () => void actions.importFile(),
      },
      {
        id: 'scenario-export',
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
  const command = (id: CommandId, run: (editing: CodeEditing) => void): Command => ({
    id,
    enabled: isOpen,
    run: () => {
      const editing = editor()
      if (editing !== undefined) run(editing)
    },
  })
  return [
    command('scenario-fix', (editing) => editing.applyFixAtCursor()),
    command('previous-problem', (editing) => {
      editing.goToProblem(-1)
    }),
    { ...command('scenario-help', (editing) => editing.help()), enabled: () => isOpen() && isInText() },
    command('scenario-search', (editing) => editing.search()),
    {
      id: 'scenario-form',
      enabled: isOpen,
      run: toggleForm,
    },
  ]
}

function isInText(): boolean {
  return (document.activeElement?.closest('.cm-editor') ?? null) !== null
}
