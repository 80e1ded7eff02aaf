import { existsSync } from 'node:fs'
import path from 'node:path'
import { packageCommand, root, runCommand } from '../provide/command.ts'
import type { CommandResult } from '../provide/command.ts'
import { checkTally, settle } from './tally.ts'
import type { Tally } from './tally.ts'

const TIMEOUT_MS = 10 * 60_000

const runTool = (packageName: string, command: string, args: readonly string[]): Promise<CommandResult> =>
  runCommand(process.execPath, [packageCommand(packageName, command), ...args], { timeoutMs: TIMEOUT_MS })

const print = (text: string): void => {
  if (text.trim() !== '') process.stdout.write(`${text.trimEnd()}\n`)
}

/** A tool's JSON, or undefined when it printed something else, which is then shown: it says why. */
const readJson = (result: CommandResult): unknown => {
  try {
    return JSON.parse(result.stdout)
  } catch {
    print(result.stdout + result.stderr)
    return undefined
  }
}

interface LintedFile {
  readonly filePath: string
  readonly messages: readonly { line?: number; column?: number; message: string; ruleId: string | null }[]
}

/** ESLint. A warning nobody has to act on is noise, so it counts as an error. */
export const lint = async (): Promise<Tally> => {
  const result = await runTool('eslint', 'eslint', ['.', '--format', 'json', '--max-warnings', '0'])
  const files = (readJson(result) ?? []) as readonly LintedFile[]
  let errors = 0
  for (const { filePath, messages } of files) {
    for (const { line = 0, column = 0, message, ruleId } of messages) {
      print(`${path.relative(root, filePath)}:${line}:${column} ${message} (${ruleId ?? 'syntax'})`)
    }
    errors += messages.length
  }
  return settle(checkTally(files.length, errors, 'files'), result.code)
}

/** oxfmt, whose only machine-readable words are its two closing lines. */
export const format = async (): Promise<Tally> => {
  const result = await runTool('oxfmt', 'oxfmt', ['--check', '.'])
  const seen = Number(/ on (\d+) files/.exec(result.stdout)?.[1] ?? 0)
  const errors = Number(/Format issues found in above (\d+) files/.exec(result.stdout)?.[1] ?? 0)
  if (result.code !== 0) print(`${result.stdout}${result.stderr}npm run format puts the layout right.`)
  return settle(checkTally(seen, errors, 'files'), result.code)
}

/** vue-tsc checks all that tsc checks, and the components as well. */
export const types = async (): Promise<Tally> => {
  const result = await runTool('vue-tsc', 'vue-tsc', ['--noEmit', '--pretty', 'false', '--listFiles'])
  const lines = result.stdout.split('\n').filter((line) => line !== '')
  const isListed = (line: string): boolean => path.isAbsolute(line.trimEnd()) && existsSync(line.trimEnd())
  const own = lines.filter((line) => isListed(line) && !/[\\/]node_modules[\\/]/.test(line))
  const findings = lines.filter((line) => !isListed(line))
  print(findings.join('\n'))
  const errors = findings.filter((line) => /\berror TS\d+:/.test(line)).length
  return settle(checkTally(own.length, errors, 'files'), result.code)
}

interface Cruise {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { from: string; to: string; rule: { name: string; severity: string } }[]
  }
}

const LAYERED = ['electron', 'renderer', 'shared', 'scripts', 'e2e']

/** dependency-cruiser with the rules of .dependency-cruiser.mjs. */
export const layering = async (): Promise<Tally> => {
  const folders = LAYERED.filter((folder) => existsSync(path.join(root, folder)))
  const result = await runTool('dependency-cruiser', 'depcruise', [...folders, '--output-type', 'json'])
  const cruise = readJson(result) as Cruise | undefined
  const violations = cruise?.summary.violations.filter(({ rule }) => rule.severity !== 'ignore') ?? []
  for (const { from, to, rule } of violations) print(`${from} must not depend on ${to} (${rule.name})`)
  return settle(checkTally(cruise?.summary.totalCruised ?? 0, violations.length, 'modules'), result.code)
}
