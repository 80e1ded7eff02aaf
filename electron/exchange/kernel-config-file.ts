/** The text of a kernel's .config: options and what its head says. What they mean is read in kernel-config.ts. */

/** A .config that cannot be read, or that no machine can be made of; the message says where, what and what is accepted. */
export class KernelConfigError extends Error {
  override readonly name = 'KernelConfigError'
}

export interface ConfigOption {
  /** "y", "m", "n" (also for "is not set"), a number as it is written, or a text without its quotes. */
  readonly value: string
  /** From 1. */
  readonly line: number
}

export interface ConfigFile {
  /** By name, without CONFIG_. Of an option that is there twice the last one counts, as for the kernel's own build. */
  readonly options: ReadonlyMap<string, ConfigOption>
  /** What the head says the file is for: "Linux/x86 6.1.192"; `undefined` without such a head. */
  readonly kernel: string | undefined
}

const OPTION = /^CONFIG_(?<name>\w+)=(?:(?<bare>[ymn]|-?\d+|0[xX][\da-fA-F]+|)|"(?<text>(?:[^"\\]|\\.)*)")$/
const NOT_SET = /^# CONFIG_(\w+) is not set$/
/** Since 2.6.38, and before. */
const HEADS = [/^# (Linux\/\S+ \S+) Kernel Configuration$/, /^# Linux kernel version: (\S+)$/]
const SHOWN_LENGTH_MAX = 60

/** @throws {KernelConfigError} naming the first line that no .config has. */
export function parseConfigFile(text: string): ConfigFile {
  const options = new Map<string, ConfigOption>()
  let kernel: string | undefined
  for (const [index, whole] of text.split('\n').entries()) {
    const line = index + 1
    const shown = whole.trimEnd()
    const unset = NOT_SET.exec(shown)?.[1]
    if (unset !== undefined) options.set(unset, { value: 'n', line })
    else if (shown.startsWith('#')) kernel ??= kernelIn(shown)
    else if (shown !== '') {
      const { name, value } = optionIn(shown, line)
      options.set(name, { value, line })
    }
  }
  if (options.size === 0) {
    throw new KernelConfigError('there is no CONFIG_ line, so it is no kernel .config')
  }
  return { options, kernel }
}

function kernelIn(comment: string): string | undefined {
  const [found] = HEADS.flatMap((head) => head.exec(comment)?.[1] ?? [])
  return found === undefined || found.startsWith('Linux') ? found : `Linux ${found}`
}

function optionIn(text: string, line: number): { readonly name: string; readonly value: string } {
  const { name, bare, text: quoted } = OPTION.exec(text)?.groups ?? {}
  if (name !== undefined) return { name, value: bare ?? quoted?.replaceAll(/\\(.)/g, '$1') ?? '' }
  const shown = text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text
  throw new KernelConfigError(`line ${line}: "${shown}" is neither CONFIG_NAME=VALUE nor a comment`)
}
