import { readFileSync, statSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { ImportedMachine } from '../../shared/saved-machine.ts'
import { isGzip } from './file-bytes.ts'
import { KernelConfigError } from './kernel-config-file.ts'
import { importKernelConfig } from './kernel-config.ts'
import { MachineFileError, parseSavedMachine } from './machine-file.ts'

/** A file that no machine can be made of; the message names the file, where it is wrong and why. */
export class MachineImportError extends Error {
  override readonly name = 'MachineImportError'
}

/** Of the file, and of what a compressed one holds. A distribution's .config has about 300 KiB. */
const FILE_BYTES_MAX = 4 * 2 ** 20

/**
 * Reads a kernel's .config, also compressed as /proc/config.gz, or a machine file: which of them it is, its text tells.
 * @throws {MachineImportError}
 */
export function importMachine(path: string): ImportedMachine {
  const text = readText(path)
  try {
    return isMachineFile(text) ? parseSavedMachine(text) : importKernelConfig(text)
  } catch (error) {
    if (error instanceof KernelConfigError || error instanceof MachineFileError) {
      throw new MachineImportError(`${path}: ${error.message}`)
    }
    throw error
  }
}

/** JSON's first sign begins no line of a .config. */
function isMachineFile(text: string): boolean {
  return /^\s*[{[]/.test(text)
}

function readText(path: string): string {
  const bytes = readBytes(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new MachineImportError(`${path}: it is no text; accepted are a kernel's .config and a machine file`)
  }
}

function readBytes(path: string): Uint8Array {
  const tooLarge = `${path}: it has more than ${FILE_BYTES_MAX / 2 ** 20} MiB, the limit of a .config or machine file`
  try {
    const stat = statSync(path)
    if (!stat.isFile()) throw new MachineImportError(`${path}: it is no file`)
    if (stat.size > FILE_BYTES_MAX) throw new MachineImportError(tooLarge)
    const bytes = readFileSync(path)
    return isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: FILE_BYTES_MAX }) : bytes
  } catch (error) {
    if (error instanceof MachineImportError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new MachineImportError(tooLarge)
    throw new MachineImportError(`${path}: cannot be read (${message})`)
  }
}
