import { formatCount } from '../../../shared/format.ts'
import type { Machine } from '../../../shared/machine.ts'
import { formatAddress } from '../../../shared/machine-text.ts'
import type { ProgramFrame, ProgramScalar, ProgramValue } from '../../../shared/program-values.ts'

function scalarText(scalar: ProgramScalar | undefined, { vmallocStartPage }: Machine): string {
  switch (scalar?.kind) {
    case undefined:
      return 'not set'
    case 'number':
      return scalar.digits
    case 'null':
      return 'NULL'
    case 'stale':
      return 'unmapped'
    case 'mapping':
      return formatAddress(vmallocStartPage + scalar.startPage)
  }
}

/** The value of a variable, of an array the elements that are known. */
export function valueText({ values, length }: ProgramValue, machine: Machine): string {
  const texts = values.map((value) => scalarText(value, machine))
  if (length === undefined) return texts.join()
  const hidden = length - texts.length
  return `{ ${texts.join(', ')}${hidden > 0 ? ` … ${formatCount(hidden)} more` : ''} }`
}

/** As it is declared. */
export function declarationText({ name, type, length }: ProgramValue): string {
  const space = type.endsWith('*') ? '' : ' '
  return `${type}${space}${name}${length === undefined ? '' : `[${length}]`}`
}

/** Where a function is: "scenario(), line 12: iteration 3 of the loop in line 9". */
export function frameText({ functionName, line, passes }: ProgramFrame): string {
  const loops = passes.map((pass) => `iteration ${formatCount(pass.iteration)} of the loop in line ${pass.line}`)
  return `${functionName}(), line ${line}${loops.length === 0 ? '' : `: ${loops.join(', ')}`}`
}
