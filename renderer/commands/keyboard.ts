import { onMounted, onUnmounted } from 'vue'
import { lab } from '../lab.ts'
import type { Shortcut } from '../../shared/command-catalog.ts'
import { commands, isEnabled, isFocused, repeats, runCommand, shortcutOf, type Command } from './registry.ts'
import { isEditingKey, isMovingKey, isPressable, isSingleKey, isTextField, matchesShortcut } from './shortcut.ts'

export interface KeyContext {
  /** Single letters act. */
  readonly singleKeys: boolean
  /** Where the key was pressed, letters are text. */
  readonly inTextField: boolean
  /** What has the focus is pressed with Space. */
  readonly onPressable: boolean
}

/** Whether what has the focus leaves a key to shortcuts. */
function isFree(shortcut: Shortcut, { singleKeys, inTextField, onPressable }: KeyContext): boolean {
  if (isSingleKey(shortcut)) return singleKeys && !inTextField
  if (shortcut === 'Space' && onPressable) return false
  return !(inTextField && (isMovingKey(shortcut) || isEditingKey(shortcut)))
}

/** The enabled command that a key means, if any. A key that is held down means it once, unless the command says otherwise. */
export function commandFor(
  event: KeyboardEvent,
  offered: readonly Command[],
  context: KeyContext,
): Command | undefined {
  if (event.defaultPrevented || event.isComposing) return undefined
  const meant = offered.filter((command) => {
    const key = shortcutOf(command.id)
    return (
      key !== undefined &&
      (!event.repeat || repeats(command.id)) &&
      matchesShortcut(key, event) &&
      isFree(key, context) &&
      isEnabled(command)
    )
  })
  return meant.find(({ id }) => isFocused(id)) ?? meant[0]
}

/** While a dialog or menu is open every key belongs to it: Esc closes it and cancels nothing behind it. */
function dialogIsOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}

/** Connects keys and menu entries to the commands, once, for the whole window. */
export function useKeyboard(singleKeys: () => boolean): void {
  function onKeyDown(event: KeyboardEvent): void {
    if (dialogIsOpen()) return
    const { target } = event
    const context = {
      singleKeys: singleKeys(),
      inTextField: isTextField(target),
      onPressable: isPressable(target),
    }
    const command = commandFor(event, commands.value, context)
    if (command === undefined) return
    event.preventDefault()
    command.run()
  }

  /** Buttons of menus take Ctrl+Enter for Enter, so it is taken before them. */
  function beforeButtons(event: KeyboardEvent): void {
    if (!event.ctrlKey || event.key !== 'Enter') return
    onKeyDown(event)
    if (event.defaultPrevented) event.stopPropagation()
  }

  let forgetMenu = (): void => undefined
  onMounted(() => {
    window.addEventListener('keydown', beforeButtons, { capture: true })
    window.addEventListener('keydown', onKeyDown)
    forgetMenu = lab().on('menuCommand', (id) => void runCommand(id))
  })
  onUnmounted(() => {
    window.removeEventListener('keydown', beforeButtons, { capture: true })
    window.removeEventListener('keydown', onKeyDown)
    forgetMenu()
  })
}
