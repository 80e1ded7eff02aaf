import { onMounted, onUnmounted } from 'vue'
import { lab } from '../lab.ts'
import { commands, isEnabled, runCommand } from './registry.ts'
import { isSingleKey, isTextField, matchesShortcut } from './shortcut.ts'

/** Connects keys and menu entries to the commands, once, for the whole window. */
export function useKeyboard(singleKeys: () => boolean): void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const command = commands.value.find(
      ({ shortcut }) => shortcut !== undefined && matchesShortcut(shortcut, event) && actsHere(shortcut, event),
    )
    if (command === undefined || !isEnabled(command)) return
    event.preventDefault()
    command.run()
  }

  function actsHere(shortcut: string, event: KeyboardEvent): boolean {
    if (!isSingleKey(shortcut)) return true
    const dialogOpen = document.querySelector('[role="dialog"]') !== null
    return singleKeys() && !isTextField(event.target) && !dialogOpen
  }

  let forgetMenu = (): void => undefined
  onMounted(() => {
    window.addEventListener('keydown', onKeyDown)
    forgetMenu = lab().on('menuCommand', runCommand)
  })
  onUnmounted(() => {
    window.removeEventListener('keydown', onKeyDown)
    forgetMenu()
  })
}
