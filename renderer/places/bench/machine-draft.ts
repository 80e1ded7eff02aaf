import { formatCount } from '../../../shared/format.ts'
import { formatAddress, formatExactSize, parseAddress, parseSize } from '../../../shared/machine-text.ts'
import {
  addressSpacePages,
  BBMAP_BITS_MAX,
  bbmapBitsMin,
  isPossibleBbmapBits,
  NR_CPUS_MAX,
  VMALLOC_RANGES,
  vmapBbmapBits,
  type Machine,
} from '../../../shared/machine.ts'
import { sameName } from '../../../shared/names.ts'
import { machineNameProblem, type SavedMachine } from '../../../shared/saved-machine.ts'

/** A machine as it is being typed: every field a text, right or wrong. */
export interface MachineDraft {
  readonly name: string
  readonly description: string
  readonly word: '32' | '64'
  readonly nrCpus: string
  /** Hexadecimal address of the first byte. */
  readonly vmallocStart: string
  /** With its unit. */
  readonly vmallocSize: string
  /** Empty: what the kernel computes. */
  readonly bbmapBits: string
}

export type MachineField = 'name' | 'nrCpus' | 'vmallocStart' | 'vmallocSize' | 'bbmapBits'

export interface ReadDraft {
  /** `undefined` while a field of the machine itself is wrong. */
  readonly machine: Machine | undefined
  /** What the kernel computes for these CPUs; `undefined` while their number is wrong. */
  readonly kernelBbmapBits: number | undefined
  /** A sentence for each field that is wrong: what is accepted. */
  readonly problems: Readonly<Partial<Record<MachineField, string>>>
}

export function draftOf({ name, description, machine }: SavedMachine): MachineDraft {
  const { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits } = machine
  return {
    name,
    description,
    word: wordBits === 32 ? '32' : '64',
    nrCpus: formatCount(nrCpus),
    vmallocStart: formatAddress(vmallocStartPage),
    vmallocSize: formatExactSize(vmallocPages),
    bbmapBits: bbmapBits === vmapBbmapBits(wordBits, nrCpus) ? '' : formatCount(bbmapBits),
  }
}

/** The draft with another word size. A vmalloc space that was the usual one of the old size becomes that of the new one. */
export function withWord(draft: MachineDraft, word: '32' | '64'): MachineDraft {
  if (draft.word === word) return draft
  const was = usualSpace(draft.word)
  const isUsual = draft.vmallocStart === was.vmallocStart && draft.vmallocSize === was.vmallocSize
  return { ...draft, word, ...(isUsual && usualSpace(word)) }
}

function usualSpace(word: '32' | '64'): Pick<MachineDraft, 'vmallocStart' | 'vmallocSize'> {
  const { startPage, pages } = VMALLOC_RANGES[word === '32' ? 'i386' : 'x86_64']
  return { vmallocStart: formatAddress(startPage), vmallocSize: formatExactSize(pages) }
}

/** Reads a draft; `takenNames` are those of other saved machines. */
export function readDraft(draft: MachineDraft, takenNames: readonly string[]): ReadDraft {
  const wordBits = draft.word === '32' ? 32 : 64
  const nrCpus = readCpus(draft.nrCpus)
  const start = readStart(draft.vmallocStart, wordBits)
  const size = readSize(draft.vmallocSize, wordBits, start.value)
  const kernelBbmapBits = nrCpus.value === undefined ? undefined : vmapBbmapBits(wordBits, nrCpus.value)
  const bbmapBits = readBbmapBits(draft.bbmapBits, wordBits, kernelBbmapBits)
  const problems = {
    name: nameSentence(draft.name, takenNames),
    nrCpus: nrCpus.problem,
    vmallocStart: start.problem,
    vmallocSize: size.problem,
    bbmapBits: bbmapBits.problem,
  }
  return {
    machine: machineOf(wordBits, nrCpus.value, start.value, size.value, bbmapBits.value),
    kernelBbmapBits,
    problems: Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined)),
  }
}

function machineOf(
  wordBits: 32 | 64,
  nrCpus: number | undefined,
  vmallocStartPage: number | undefined,
  vmallocPages: number | undefined,
  bbmapBits: number | undefined,
): Machine | undefined {
  if (nrCpus === undefined || vmallocStartPage === undefined) return undefined
  if (vmallocPages === undefined || bbmapBits === undefined) return undefined
  return { wordBits, nrCpus, vmallocStartPage, vmallocPages, bbmapBits }
}

interface ReadField {
  readonly value: number | undefined
  readonly problem: string | undefined
}

function right(value: number): ReadField {
  return { value, problem: undefined }
}

function wrong(problem: string): ReadField {
  return { value: undefined, problem }
}

/** A whole number with or without thousands separators. */
function wholeNumber(text: string): number | undefined {
  const digits = text.replaceAll(/[\s,_]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : undefined
}

function readCpus(text: string): ReadField {
  const nrCpus = wholeNumber(text)
  if (nrCpus !== undefined && nrCpus >= 1 && nrCpus <= NR_CPUS_MAX) return right(nrCpus)
  return wrong(`Enter a whole number from 1 to ${formatCount(NR_CPUS_MAX)}.`)
}

function readStart(text: string, wordBits: 32 | 64): ReadField {
  const parsed = parseAddress(text)
  if ('problem' in parsed) return wrong(sentence(parsed.problem))
  if (parsed.pages < addressSpacePages(wordBits)) return right(parsed.pages)
  const last = formatAddress(addressSpacePages(wordBits) - 1)
  return wrong(`Enter an address of ${wordBits} bits, up to ${last}.`)
}

function readSize(text: string, wordBits: 32 | 64, startPage: number | undefined): ReadField {
  const parsed = parseSize(text)
  if ('problem' in parsed) return wrong(sentence(parsed.problem))
  const pagesMax = addressSpacePages(wordBits) - (startPage ?? 0)
  if (parsed.pages >= 1 && parsed.pages <= pagesMax) return right(parsed.pages)
  const top = startPage === undefined ? 'in all' : `from ${formatAddress(startPage)} on`
  return wrong(
    `Enter a size from ${formatExactSize(1)} to ${formatExactSize(pagesMax)}: ${wordBits}-bit addresses have no more ${top}.`,
  )
}

function readBbmapBits(text: string, wordBits: 32 | 64, kernelBbmapBits: number | undefined): ReadField {
  if (text.trim() === '') return { value: kernelBbmapBits, problem: undefined }
  const bbmapBits = wholeNumber(text)
  if (bbmapBits !== undefined && isPossibleBbmapBits(wordBits, bbmapBits)) return right(bbmapBits)
  const [min, max] = [formatCount(bbmapBitsMin(wordBits)), formatCount(BBMAP_BITS_MAX)]
  return wrong(`Enter a power of two from ${min} to ${max}, or nothing for what the kernel computes.`)
}

function nameSentence(text: string, takenNames: readonly string[]): string | undefined {
  const name = text.trim()
  if (name === '') return 'Enter a name.'
  const taken = takenNames.find((other) => sameName(other, name))
  if (taken !== undefined) return `There is a machine ${taken} already. Enter another name.`
  const problem = machineNameProblem(name)
  return problem === undefined ? undefined : sentence(problem)
}

function sentence(clause: string): string {
  return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`
}
