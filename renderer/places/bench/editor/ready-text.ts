import type { ParameterValues, ScenarioInfo } from '../../../../shared/scenario.ts'

/** Where the default of a parameter stands in a text. */
export interface DefaultPlace {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** The defaults of these parameters in their `static int name = 1000;` lines, in the order of the text. */
export function defaultPlaces(text: string, names: readonly string[]): readonly DefaultPlace[] {
  return names
    .flatMap((name) => {
      const line = new RegExp(String.raw`^static\s[\w\s]*\b${name}\s*=\s*(-?\d+)\s*;`, 'dm').exec(text)
      const [from, to] = line?.indices?.[1] ?? []
      return from === undefined || to === undefined ? [] : [{ name, from, to }]
    })
    .toSorted((left, right) => left.from - right.from)
}

/** A text with these values as the defaults of its parameters; what is not given or not declared stays as it is. */
export function withDefaultValues(text: string, values: ParameterValues): string {
  let result = ''
  let end = 0
  for (const { name, from, to } of defaultPlaces(text, Object.keys(values))) {
    result += `${text.slice(end, from)}${values[name] ?? ''}`
    end = to
  }
  return result + text.slice(end)
}

/**
 * The parameter values of a text that is a ready scenario's with other defaults; `undefined` for any other text. A default that
 * is being typed (none, or out of its range) has no value.
 */
export function readyValues({ source, parameters }: ScenarioInfo, text: string): ParameterValues | undefined {
  const names = parameters.map(({ name }) => name)
  const places = defaultPlaces(source, names)
  const ends = [...places.map(({ from }) => from), source.length]
  const starts = [0, ...places.map(({ to }) => to)]
  const pattern = starts.map((from, position) => escaped(source.slice(from, ends[position]))).join(String.raw`(-?\d*)`)
  const found = new RegExp(`^${pattern}$`).exec(text)
  if (found === null) return undefined
  const typed = places.map(({ name }, position) => [name, found[position + 1] ?? ''] as const)
  return Object.fromEntries(
    typed.flatMap(([name, digits]) => {
      const parameter = parameters.find((candidate) => candidate.name === name)
      const value = Number(digits)
      const usable = parameter && /\d/.test(digits) && value >= parameter.min && value <= parameter.max
      return usable ? [[name, value] as const] : []
    }),
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
