import { formatCount } from '../../shared/format.ts'
import { verdictOfCheck } from '../../shared/run-check.ts'
import { CommandError, EXIT, readArguments, readWholeNumber, type Command } from './command.ts'
import { JOURNAL_HELP, JOURNAL_OPTION, withLab } from './experiment.ts'
import { textTable } from './tables.ts'

const RUNS_MAX = 256

export const rerun: Command = {
  name: 'rerun',
  synopsis: 'RUN... [--json] [--journal FILE]',
  summary: 'Makes recorded runs again and says whether the same comes out.',
  help: `What comes out is kept with each run as a check; the run itself stays as it is.
Exit 0 when all are reproduced (same digest, same counters), 1 when anything differs or cannot be made again.

  --json            data instead of text
${JOURNAL_HELP}`,
  async run(args, terminal) {
    const { values, positionals } = readArguments(
      args,
      { json: { type: 'boolean' }, ...JOURNAL_OPTION },
      { min: 1, max: RUNS_MAX, names: `1 to ${RUNS_MAX} RUN numbers` },
    )
    const runIds = positionals.map((text) => readWholeNumber(text, 'RUN', 1, Number.MAX_SAFE_INTEGER))
    const onCheckProgress = ({ runId, operationsDone }: { runId: number; operationsDone: number }): void =>
      terminal.progress(`run ${runId}: ${formatCount(operationsDone)} operations`)
    return withLab({ journal: values.journal, mustExist: true, onCheckProgress }, async (lab) => {
      const checks = await lab.checks.check(runIds)
      terminal.progress('')
      const verdicts = checks.map((check) => {
        const run = lab.journal.openRun(check.runId)
        if (run === undefined) throw new CommandError(`there is no run ${check.runId} in ${lab.journal.path}`)
        return { run: check.runId, ...verdictOfCheck(run, check) }
      })
      if (values.json) terminal.out(`${JSON.stringify(verdicts)}\n`)
      else {
        for (const { run, sentence, differences } of verdicts) {
          terminal.out(`Run ${run}: ${sentence}\n`)
          const rows = differences.map(({ label, recorded, now }) => [`  ${label}`, recorded, now])
          if (rows.length > 0) terminal.out(textTable([['  FIGURE', 'RECORDED', 'NOW'], ...rows], [false, true, true]))
        }
      }
      return verdicts.every(({ kind }) => kind === 'reproduced') ? EXIT.done : EXIT.no
    })
  },
}
