import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import type { Shortcut } from './shortcut.ts'

/** Something a person can do: one entry for palette, menu, shortcut and button. */
export interface Command {
  readonly id: string
  /** A verb and its object, as in the palette. */
  readonly title: string
  readonly shortcut?: Shortcut
  readonly enabled?: () => boolean
  /** A key that is held down goes on running it. */
  readonly repeats?: boolean
  readonly run: () => void
}

const groups = shallowRef<readonly (readonly Command[])[]>([])

/** All commands of the frame and of the place that is shown. */
export const commands: ComputedRef<readonly Command[]> = computed(() => groups.value.flat())

/** Offers commands for as long as the calling component lives. */
export function provideCommands(offered: readonly Command[]): void {
  groups.value = [...groups.value, offered]
  onScopeDispose(() => {
    groups.value = groups.value.filter((group) => group !== offered)
  })
}

export function isEnabled(command: Command): boolean {
  return command.enabled?.() ?? true
}

/**
 * Runs a command by its id, as menu entries do; one that is not there or not enabled does nothing. Frame and place may offer
 * the same id for different moments: the one that is enabled is meant.
 */
export function runCommand(id: string): void {
  commands.value.find((command) => command.id === id && isEnabled(command))?.run()
}
