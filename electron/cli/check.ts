import { checkScenario } from '../scenario/c/check-scenario.ts'
import { loadGrammar } from '../scenario/c/syntax/parse.ts'
import { DEFAULT_MACHINE_ID } from '../../shared/machine.ts'
import { hasErrors, type Diagnostic, type ScenarioCheck } from '../../shared/scenario-check.ts'
import { chooseMachine } from './choose-machine.ts'
import { findText, SCENARIO_HELP } from './choose-scenario.ts'
import { EXIT, readArguments, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION } from './experiment.ts'

export const check: Command = {
  name: 'check',
  synopsis: 'SCENARIO [--machine PRESET|FILE|NAME] [--json] [--journal FILE]',
  summary: 'Checks a scenario written in C.',
  help: `${SCENARIO_HELP}Exit status 1 when the text has errors.

  --machine PRESET|FILE|NAME
                         whose word size and constants count; default: ${DEFAULT_MACHINE_ID}
  --json                 data instead of text; offsets of fixes count UTF-16 units
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      { machine: { type: 'string', default: DEFAULT_MACHINE_ID }, json: { type: 'boolean' }, ...JOURNAL_OPTION },
      { min: 1, max: 1, names: 'one SCENARIO' },
    )
    const { machine } = await chooseMachine(values)
    const { label, source } = await findText(positionals[0] ?? '-', values.journal, terminal)
    await loadGrammar()
    const checked = checkScenario(source, machine)
    terminal.out(values.json ? `${JSON.stringify(checkAsJson(label, checked))}\n` : checkAsText(label, checked))
    return hasErrors(checked) ? EXIT.no : EXIT.done
  },
}

function checkAsJson(file: string, { diagnostics, parameters, usesSeed }: ScenarioCheck): object {
  return {
    file,
    ...counted(diagnostics),
    diagnostics: diagnostics.map(({ severity, line, column, endLine, endColumn, message, fix }) => ({
      severity,
      line,
      column,
      end_line: endLine,
      end_column: endColumn,
      message,
      ...(fix && { fix }),
    })),
    parameters: parameters.map(({ name, help, min, max, default: value }) => ({
      name,
      help,
      min,
      max,
      default: value,
    })),
    uses_seed: usesSeed,
  }
}

/** As compilers print it, so that editors find the places. */
function checkAsText(file: string, { diagnostics, parameters, usesSeed }: ScenarioCheck): string {
  const found = diagnostics.map(({ line, column, severity, message, fix }) => {
    const remedy = fix ? ` [${fix.title}]` : ''
    return `${file}:${line}:${column}: ${severity}: ${message}${remedy}\n`
  })
  const { errors, warnings } = counted(diagnostics)
  const known = parameters.map(({ name, help, min, max, default: value }) => {
    return `  ${name} = ${value}, from ${min} to ${max}${help === '' ? '' : `: ${help}`}\n`
  })
  const seed = usesSeed ? '  the seed makes a difference\n' : ''
  return `${found.join('')}${file}: ${counting(errors, 'error')}, ${counting(warnings, 'warning')}\n${known.join('')}${seed}`
}

function counted(diagnostics: readonly Diagnostic[]): { readonly errors: number; readonly warnings: number } {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  return { errors, warnings: diagnostics.length - errors }
}

function counting(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
