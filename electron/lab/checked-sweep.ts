import type { RunSpec } from '../../shared/run.ts'
import { sweepProblem, type SweepRequest } from '../../shared/sweep.ts'
import type { NewSweep } from '../../shared/sweep-record.ts'
import { requireOneModelAName } from './checked-model.ts'
import { checkedParts, type CheckScenario } from './checked-runs.ts'
import { LabError } from './lab-error.ts'

/**
 * Brings a sweep into its recorded form: models by their own ids, all parameters, one seed where the scenario uses none. Each
 * value of an axis, each machine and each model is checked as part of a run. @throws {LabError}
 */
export async function checkedSweep(request: SweepRequest, check: CheckScenario): Promise<NewSweep> {
  const problem = sweepProblem(request)
  if (problem !== undefined) throw new LabError(problem)
  const swept = Object.fromEntries(request.axes.map(({ name, values: [value] }) => [name, value ?? 0]))
  const specOf = (place: Partial<RunSpec>): RunSpec => ({ ...firstSpec(request), ...place })
  const models = await checkedParts(request.models.map(specOf), check)
  const machines = await checkedParts(request.machines.map(specOf), check)
  for (const { name, values } of request.axes) {
    const specs = values.map((value) => specOf({ parameters: { ...request.parameters, ...swept, [name]: value } }))
    await checkedParts(specs, check)
  }
  const [first] = machines
  if (first === undefined) throw new LabError('A sweep needs a machine. Choose at least one.')
  requireOneModelAName(models.map(({ spec }) => spec))
  const axisNames = request.axes.map(({ name }) => name)
  const kept = Object.entries(first.spec.parameters).filter(([name]) => !axisNames.includes(name))
  const choices = models.map(({ spec: { modelId, custom } }) => ({ modelId, ...(custom && { custom }) }))
  return {
    definition: {
      ...request,
      parameters: Object.fromEntries(kept),
      models: choices,
      seeds: { ...request.seeds, count: first.usesSeed ? request.seeds.count : 1 },
      usesSeed: first.usesSeed,
    },
    source: first.source,
  }
}

function firstSpec({ scenarioId, program, parameters, axes, machines, models, seeds }: SweepRequest): RunSpec {
  const swept = Object.fromEntries(axes.map(({ name, values: [value] }) => [name, value ?? 0]))
  const [machine] = machines
  const [model] = models
  if (machine === undefined || model === undefined) throw new LabError('A sweep needs a machine and a kernel model.')
  return {
    ...{ scenarioId, ...(program && { program }), parameters: { ...parameters, ...swept }, seed: seeds.first },
    ...machine,
    ...model,
  }
}
