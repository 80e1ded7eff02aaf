import {
  hasErrors,
  type CheckedParameter,
  type OutlineNode,
  type ScenarioCheck,
} from '../../../../shared/scenario-check.ts'

/**
 * What form and outline show of a check. While the text has errors, as it has in the middle of a word, they keep what they had:
 * it is stale then, and goes on when the errors are gone.
 */
export interface ShownCheck {
  readonly parameters: readonly CheckedParameter[]
  readonly parametersStale: boolean
  readonly usesSeed: boolean
  readonly outline: readonly OutlineNode[]
  readonly outlineStale: boolean
}

export function shownCheck(check: ScenarioCheck, before: ShownCheck | undefined): ShownCheck {
  const { parameters, usesSeed, outline } = check
  const now = { parameters, parametersStale: false, usesSeed, outline, outlineStale: false }
  if (before === undefined || !hasErrors(check)) return now
  const isRead = before.parameters.every(({ name }) => parameters.some((parameter) => parameter.name === name))
  return {
    parameters: isRead ? parameters : before.parameters,
    parametersStale: !isRead,
    usesSeed: before.usesSeed,
    outline: before.outline,
    outlineStale: true,
  }
}
