import { REPORT_FORMATS, REPORT_SECTIONS } from '../../shared/report.ts'
import { EXIT, readArguments, readWholeNumber, UsageError, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, withLab } from './experiment.ts'
import { writeWhole } from './files.ts'

const RUNS_MAX = 256

export const report: Command = {
  name: 'report',
  synopsis: 'RUN… --format html|text|json [--out FILE] [--title TEXT] [--journal FILE]',
  summary: 'Writes a report on runs of the journal.',
  help: `  RUN…          run numbers; see "lab journal list"
  --format F    ${REPORT_FORMATS.join(', ')}
  --out FILE    where to; default: standard output
  --title TEXT  instead of the experiment's title
${JOURNAL_HELP}`,
  run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      { format: { type: 'string' }, out: { type: 'string' }, title: { type: 'string' }, ...JOURNAL_OPTION },
      { min: 1, max: RUNS_MAX, names: `1 to ${RUNS_MAX} RUN numbers` },
    )
    const format = REPORT_FORMATS.find((candidate) => candidate === values.format)
    if (format === undefined) {
      const given = values.format === undefined ? 'is missing' : `"${values.format}" is not known`
      throw new UsageError(`--format ${given}; accepted are: ${REPORT_FORMATS.join(', ')}`)
    }
    const runIds = positionals.map((text) => readWholeNumber(text, 'RUN', 1, Number.MAX_SAFE_INTEGER))
    return withLab({ journal: values.journal, mustExist: true }, async (lab) => {
      const title = values.title === undefined ? {} : { title: values.title }
      const text = await lab.report({ runIds, sections: REPORT_SECTIONS, ...title }, format)
      if (values.out === undefined) terminal.out(text)
      else terminal.err(`Report: ${writeWhole(values.out, text)}\n`)
      return EXIT.done
    })
  },
}
