import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef, watch } from 'vue'
import { machineProblem } from '../../shared/machine.ts'
import { hasErrors } from '../../shared/scenario-check.ts'
import type { ScenarioInfo } from '../../shared/scenario.ts'
import { parseTraceReference, type TraceReference } from '../../shared/trace-reference.ts'
import { EditorStates } from '../places/bench/editor/code/editor-states.ts'
import { scenarioExtensions } from '../places/bench/editor/code/extensions.ts'
import { isUnsaved } from '../places/bench/editor/own-scenario.ts'
import { readyValues, withDefaultValues } from '../places/bench/editor/ready-text.ts'
import { machineOf, parametersOf } from '../places/bench/setup.ts'
import { readStored, writeStored } from '../storage.ts'
import { useAppStore } from './app.ts'
import { useBenchStore } from './bench.ts'
import { useChecksStore } from './checks.ts'
import { useOwnScenariosStore } from './own-scenarios.ts'
import { usePreviewStore } from './preview.ts'

/** A scenario as the editor shows it. */
export interface DeskScenario {
  readonly ref: string
  readonly kind: 'ready' | 'own'
  /** What it stands for where it has no text in C. */
  readonly trace?: TraceReference
  readonly title: string
  readonly description: string
  readonly text: string
  /** Its text is not in the journal. Never so of a ready one. */
  readonly unsaved: boolean
  readonly versions: number
}

const OPEN_KEY = 'scenario-open'

/**
 * The editor's desk: the scenarios of the next experiment with their texts, and which of them is open. A ready scenario whose
 * text is changed becomes an own one, unless the change is but another default of a parameter.
 */
export const useDeskStore = defineStore('desk', () => {
  const app = useAppStore()
  const bench = useBenchStore()
  const own = useOwnScenariosStore()
  const checks = useChecksStore()
  const preview = usePreviewStore()
  const editors = markRaw(new EditorStates(scenarioExtensions()))

  const stored = readStored(OPEN_KEY)
  const openRef = shallowRef(typeof stored === 'string' ? stored : '')
  watch(openRef, (now) => writeStored(OPEN_KEY, now))
  /** Texts of ready scenarios as they are typed: a default between two values is no value yet. */
  const typedTexts = shallowRef<ReadonlyMap<string, string>>(new Map())

  const chosen = computed(() => bench.setup.scenarioIds.map(scenarioOf).filter((scenario) => scenario !== undefined))
  const open = computed(() => chosen.value.find(({ ref }) => ref === openRef.value) ?? chosen.value[0])

  const machine = computed(() => {
    const now = machineOf(bench.setup, app.catalog)
    return now === undefined || machineProblem(now) !== undefined ? undefined : now
  })
  watch(
    [chosen, machine],
    () => {
      const on = machine.value
      if (on === undefined) return
      const inOrder = chosen.value.toSorted((left, right) => Number(right === open.value) - Number(left === open.value))
      const texts = inOrder.filter(({ trace }) => trace === undefined)
      checks.ask(texts.map(({ ref, text }) => ({ ref, text, machine: on })))
    },
    { immediate: true },
  )
  /** Scenarios that cannot be run as they are. */
  const wrong = computed(() =>
    chosen.value.filter(({ ref }) => {
      const answer = checks.answers.get(ref)
      return answer !== undefined && hasErrors(answer.check)
    }),
  )

  function readyOf(ref: string): ScenarioInfo | undefined {
    return app.catalog.scenarios.find(({ id }) => id === ref)
  }

  function scenarioOf(ref: string): DeskScenario | undefined {
    const info = readyOf(ref)
    if (info !== undefined) {
      const { title, description } = info
      return { ref, kind: 'ready', title, description, text: readyText(info), unsaved: false, versions: 0 }
    }
    const found = own.find(ref)
    if (found === undefined) return undefined
    const { name, text, saved } = found
    const trace = parseTraceReference(text)
    return {
      ...(trace && { trace }),
      ref,
      kind: 'own',
      title: name,
      description: '',
      text,
      unsaved: isUnsaved(found),
      versions: saved?.versions ?? 0,
    }
  }

  function readyText(info: ScenarioInfo): string {
    const values = parametersOf(bench.setup, app.catalog, info.id)
    const typed = typedTexts.value.get(info.id)
    const typedValues = typed === undefined ? undefined : readyValues(info, typed)
    const holds = typedValues && Object.entries(typedValues).every(([name, value]) => values[name] === value)
    return typed !== undefined && holds ? typed : withDefaultValues(info.source, values)
  }

  /** Puts scenarios into the experiment, in place of one or at the end. */
  function choose(refs: readonly string[], inPlaceOf?: string): void {
    const { scenarioIds } = bench.setup
    const added = refs.filter((ref) => !scenarioIds.includes(ref))
    const place = inPlaceOf === undefined ? -1 : scenarioIds.indexOf(inPlaceOf)
    const ids = place === -1 ? [...scenarioIds, ...added] : scenarioIds.toSpliced(place, 1, ...added)
    bench.setup = { ...bench.setup, scenarioIds: ids }
  }

  /** Opens a scenario and makes it part of the experiment. */
  function show(ref: string): void {
    choose([ref])
    openRef.value = ref
  }

  /** Makes a scenario the only one of the experiment; answers how to have the others back beside it. */
  function showAlone(ref: string): () => void {
    const before = bench.setup.scenarioIds
    bench.setup = { ...bench.setup, scenarioIds: [ref] }
    openRef.value = ref
    return () => choose(before)
  }

  /** Takes a scenario out of the experiment; the one beside it is open then. */
  function dismiss(ref: string): void {
    const position = chosen.value.findIndex((scenario) => scenario.ref === ref)
    const next = chosen.value[position + 1] ?? chosen.value[position - 1]
    if (open.value?.ref === ref && next !== undefined) openRef.value = next.ref
    bench.setup = { ...bench.setup, scenarioIds: bench.setup.scenarioIds.filter((id) => id !== ref) }
  }

  /** The same scenario under another reference: it keeps its place, its cursor and its undo. */
  function refer(from: string, to: string): void {
    if (from === to) return
    editors.rename(from, to)
    checks.refer(from, to)
    preview.refer(from, to)
    choose([to], from)
    if (openRef.value === from || open.value?.ref === to) openRef.value = to
  }

  /** Takes what was typed into a scenario's text. */
  function edit(ref: string, text: string): void {
    const info = readyOf(ref)
    if (info !== undefined) editReady(info, text)
    else editOwn(ref, text)
  }

  function editReady(info: ScenarioInfo, text: string): void {
    const values = readyValues(info, text)
    if (values === undefined) {
      refer(info.id, own.create(`${info.title} (edited)`, text, info.id))
      typedTexts.value = without(info.id)
      return
    }
    const { parameters } = bench.setup
    typedTexts.value = new Map(typedTexts.value).set(info.id, text)
    const all = { ...parametersOf(bench.setup, app.catalog, info.id), ...values }
    bench.setup = { ...bench.setup, parameters: { ...parameters, [info.id]: all } }
  }

  function editOwn(ref: string, text: string): void {
    const before = own.find(ref)
    if (before === undefined) return
    const origin = before.saved === undefined && before.copyOf !== undefined ? readyOf(before.copyOf) : undefined
    const isReadyAgain = origin !== undefined && readyValues(origin, text) !== undefined
    if (!isReadyAgain || bench.setup.scenarioIds.includes(origin.id)) {
      own.change(ref, text)
      return
    }
    // Nothing is left of the changes that made a copy of it
    own.forget(ref)
    refer(ref, origin.id)
    editReady(origin, text)
  }

  function without(ref: string): ReadonlyMap<string, string> {
    return new Map([...typedTexts.value].filter(([other]) => other !== ref))
  }

  return { editors, chosen, open, machine, wrong, choose, show, showAlone, dismiss, refer, edit, scenarioOf }
})
