import { insertion, replacement, type Diagnostics } from '../diagnostics.ts'
import { reportBracketProblem } from './brackets.ts'
import { parseC } from './parse.ts'
import { reportPastedText } from './pasted-text.ts'
import { excerpt, SourceText } from './source-text.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { reportUnreadableWords } from './unreadable-words.ts'

/** Words that C keeps for itself: after an error the grammar reads some of them as names. */
const KEYWORDS = new Set(
  `auto break case char const continue default do double else enum extern float for goto if inline int long register
  restrict return short signed sizeof static struct switch typedef union unsigned void volatile while`.split(/\s+/),
)

/** Slips of the keyboard, and what was probably meant. */
const SLIPS: Readonly<Record<string, string>> = {
  '=<': '<=',
  '=>': '>=',
  '=!': '!=',
  '<>': '!=',
  '===': '==',
  ':=': '=',
}

/** Problems that are looked into: behind so many the text is no program. */
const PROBLEMS_MAX = 100

/** Text is parsed again for each try, so there is a bound. */
const REPAIRS_MAX = 12
const REPAIR_MS_MAX = 1000

/**
 * Says what in the text is no C, each with a fix where one is known to help. False when all of it can be read.
 * The grammar itself drops and invents tokens to go on after an error, so nothing of such a tree may be used.
 */
export function reportSyntaxProblems(source: SourceText, root: SyntaxNode, diagnostics: Diagnostics): boolean {
  const problems = problemsIn(root, root, source)
  if (problems.length === 0) return false
  if (reportPastedText(source, diagnostics) || reportUnreadableWords(source, diagnostics)) return true
  if (reportBracketProblem(source, diagnostics)) return true
  const repair = findRepair(source, problems)
  for (const problem of problems.slice(0, PROBLEMS_MAX)) {
    if (repair?.problem === problem) reportRepair(source, repair, diagnostics)
    else if (isForHead(problem))
      diagnostics.error(problem.parent, 'The head of a for has two ; in it: for (first; condition; step).')
    else reportProblem(source, problem.node, diagnostics)
  }
  return true
}

interface Problem {
  readonly node: SyntaxNode
  readonly parent: SyntaxNode
}

/** Outermost unreadable stretches, missing nodes, and keywords read as names. */
function problemsIn(node: SyntaxNode, parent: SyntaxNode, source: SourceText): Problem[] {
  if (node.kind === 'ERROR' || node.missing || isMisreadKeyword(node, source)) return [{ node, parent }]
  return node.children.flatMap((child) => problemsIn(child, node, source))
}

function isForHead({ node, parent }: Problem): boolean {
  return node.missing && node.kind === ';' && parent.kind === 'for_statement'
}

function isMisreadKeyword(node: SyntaxNode, source: SourceText): boolean {
  return (
    node.kind.endsWith('identifier') && node.children.length === 0 && KEYWORDS.has(source.slice(node.from, node.to))
  )
}

interface Repair {
  readonly problem: Problem
  /** Where a `;` makes the problem go away. */
  readonly at: number
}

/** A forgotten `;` is by far the most frequent mistake, and what the grammar makes of it says little: so it is tried. */
function findRepair(source: SourceText, problems: readonly Problem[]): Repair | undefined {
  const tries = problems
    .filter((problem) => !isForHead(problem))
    .slice(0, REPAIRS_MAX)
    .flatMap((problem) => placesForSemicolon(source, problem.node).map((at) => ({ problem, at })))
    .slice(0, REPAIRS_MAX)
  const endMs = performance.now() + REPAIR_MS_MAX
  return tries.find(({ at }) => {
    if (performance.now() > endMs) return false
    const { text } = source
    const repaired = new SourceText(`${text.slice(0, at)};${text.slice(at)}`)
    const root = parseC(repaired.text)
    return problemsIn(root, root, repaired).length < problems.length
  })
}

/** Ends of the lines of code around a problem, and the end of the code before it. */
function placesForSemicolon({ text }: SourceText, { from, to }: SyntaxNode): number[] {
  const endOfCode = (end: number): number => text.slice(0, end).replace(/(\s|\/\*[^]*?\*\/)+$/, '').length
  const lineEnd = (offset: number): number => (text.indexOf('\n', offset) + 1 || text.length + 1) - 1
  return [...new Set([endOfCode(from), endOfCode(to), endOfCode(lineEnd(from)), endOfCode(lineEnd(to))])]
}

function reportRepair(source: SourceText, { at }: Repair, diagnostics: Diagnostics): void {
  const before = excerpt(source.slice(source.lineStart(at), at))
  const fix = insertion('Add ;', at, ';')
  diagnostics.error({ from: Math.max(0, at - 1), to: at }, `A ; is missing after “${before}”.`, fix)
}

function reportProblem(source: SourceText, node: SyntaxNode, diagnostics: Diagnostics): void {
  if (node.missing) {
    reportMissing(source, node, diagnostics)
    return
  }
  const text = source.slice(node.from, node.to)
  const slip = findSlip(source, node)
  if (slip !== undefined) {
    const message = `C has no operator ${slip.text}; ${slip.meant} is one.`
    diagnostics.error(slip, message, replacement(`Change to ${slip.meant}`, slip, slip.meant))
  } else if (text === 'else') {
    diagnostics.error(node, 'This else has no if before it.')
  } else if (KEYWORDS.has(text)) {
    diagnostics.error(node, `The keyword ${text} cannot stand here.`)
  } else {
    diagnostics.error(node, `“${excerpt(text)}” cannot be read as C here.`)
  }
}

function reportMissing(source: SourceText, node: SyntaxNode, diagnostics: Diagnostics): void {
  const place = { from: Math.max(0, node.from - 1), to: node.to }
  if (node.named) {
    const before = excerpt(source.slice(source.lineStart(node.from), node.from))
    diagnostics.error(place, `Something is missing after “${before}”: a name or a value is expected.`)
  } else {
    diagnostics.error(place, `A ${node.kind} is missing here.`, insertion(`Add ${node.kind}`, node.from, node.kind))
  }
}

/** The slip that an unreadable operator is part of, with the characters around it. */
function findSlip(
  { text }: SourceText,
  { from, to }: SyntaxNode,
): { from: number; to: number; text: string; meant: string } | undefined {
  const isOperator = (offset: number): boolean => /[=<>!:]/.test(text.charAt(offset))
  let start = from
  let end = to
  while (start > 0 && isOperator(start - 1)) start -= 1
  while (isOperator(end)) end += 1
  const found = text.slice(start, end)
  const meant = Object.hasOwn(SLIPS, found) ? SLIPS[found] : undefined
  return meant === undefined ? undefined : { from: start, to: end, text: found, meant }
}
