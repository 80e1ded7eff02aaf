import { computed, onScopeDispose, shallowRef, type ComputedRef } from 'vue'
import {
  COMMANDS,
  keyOf,
  type CatalogEntry,
  type CommandId,
  type KeyChanges,
  type Shortcut,
} from '../../shared/command-catalog.ts'

/** Something a person can do now: what palette, menu, shortcut and button of this id come to. */
export interface Command {
  readonly id: CommandId
  /** What it does at the moment, where that differs from what the catalogue says. */
  readonly title?: string
  readonly enabled?: () => boolean
  readonly run: () => void
}

const groups = shallowRef<readonly (readonly Command[])[]>([])
const keyChanges = shallowRef<KeyChanges>({})

/** All commands of the frame and of the place that is shown. */
export const commands: ComputedRef<readonly Command[]> = computed(() => groups.value.flat())

/** Offers commands for as long as the calling component lives. */
export function provideCommands(offered: readonly Command[]): void {
  groups.value = [...groups.value, offered]
  onScopeDispose(() => {
    groups.value = groups.value.filter((group) => group !== offered)
  })
}

/** Takes the user's own shortcuts. */
export function changeKeys(changes: KeyChanges): void {
  keyChanges.value = changes
}

/** The key that a command has at present, if any. */
export function shortcutOf(id: CommandId): Shortcut | undefined {
  return keyOf(id, keyChanges.value)
}

export function titleOf({ id, title }: Pick<Command, 'id' | 'title'>): string {
  return title ?? COMMANDS[id].title
}

/** A key that is held down goes on running the command. */
export function repeats(id: CommandId): boolean {
  const { repeats: goesOn }: CatalogEntry = COMMANDS[id]
  return goesOn === true
}

/** It acts only where its part of the window has the focus. */
export function isFocused(id: CommandId): boolean {
  const { focused }: CatalogEntry = COMMANDS[id]
  return focused === true
}

export function isEnabled(command: Pick<Command, 'enabled'>): boolean {
  return command.enabled?.() ?? true
}

/**
 * Runs a command by its id, as menu entries do; answers false when it is not there or not enabled. Frame and place may offer
 * the same id for different moments: the one that is enabled is meant.
 */
export function runCommand(id: string): boolean {
  const command = commands.value.find((offered) => offered.id === id && isEnabled(offered))
  command?.run()
  return command !== undefined
}
