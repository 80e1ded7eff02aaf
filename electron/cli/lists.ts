import { SCENARIO_PRESETS } from '../scenario/presets.ts'
import { EXIT, readArguments, type Command } from './command.ts'

/** A command without arguments that prints what there is to choose from. */
function listing(name: string, summary: string, data: () => object[], text: () => string): Command {
  return {
    name,
    synopsis: '[--json]',
    summary,
    help: '  --json  data instead of text\n',
    run(args, terminal) {
      const { values } = readArguments(args, { json: { type: 'boolean' } }, { min: 0, max: 0, names: 'no argument' })
      terminal.out(values.json ? `${JSON.stringify(data())}\n` : text())
      return EXIT.done
    },
  }
}

export const scenarios = listing(
  'scenarios',
  'Lists the ready scenarios and their parameters.',
  () =>
    SCENARIO_PRESETS.map(({ info }) => ({
      id: info.id,
      title: info.title,
      description: info.description,
      parameters: info.parameters,
      uses_seed: info.usesSeed,
      source: info.source,
    })),
  () =>
    SCENARIO_PRESETS.map(({ info }) => {
      const parameters = info.parameters.map(
        ({ name, help, min, max, default: value }) => `  ${name}=${value}  ${help}, ${min} to ${max}\n`,
      )
      return `${info.id}: ${info.description}\n${parameters.join('')}`
    }).join('\n'),
)
