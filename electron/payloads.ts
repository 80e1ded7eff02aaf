/** What the window may send, method by method: the arguments of each call, bounded in size. */
import { z } from 'zod'
import { MACHINE_SOURCES, type LabApi } from '../shared/contract.ts'
import {
  BOOKMARK_NOTE_LENGTH_MAX,
  COMPARED_RUNS_MAX,
  EXPERIMENT_RUNS_MAX,
  MARKED_MAX,
  NOTE_LENGTH_MAX,
  QUESTION_LENGTH_MAX,
  READ_EXPERIMENTS_MAX,
  TAG_LENGTH_MAX,
  TAGS_MAX,
  TITLE_LENGTH_MAX,
} from '../shared/journal.ts'
import { NAME_LENGTH_MAX } from '../shared/names.ts'
import { isPolicyChoices, MODEL_NAME_MAX, type PolicyChoices } from '../shared/policy.ts'
import { PICTURE_BYTES_MAX, PICTURE_FORMATS, type PictureFormat } from '../shared/picture-file.ts'
import { COMPARED_BLOCKS_MAX, FOUND_EVENTS, REPLAYS_MAX } from '../shared/replay.ts'
import { REPORT_FORMATS, REPORT_SECTIONS } from '../shared/report.ts'
import { MACHINE_DESCRIPTION_MAX } from '../shared/saved-machine.ts'
import { SWEEP_MODELS_MAX, SWEEP_RUNS_MAX } from '../shared/sweep.ts'
import { SWEEP_FIGURES } from '../shared/sweep-columns.ts'
import { settingsSchema } from './settings.ts'

/** More than any scenario has; what a scenario does not know is refused later, by name. */
const PARAMETERS_MAX = 100

const id = z.int().positive()
const name = z.string().min(1).max(100)

const machine = z.strictObject({
  wordBits: z.union([z.literal(32), z.literal(64)]),
  nrCpus: z.number(),
  vmallocStartPage: z.number(),
  vmallocPages: z.number(),
  bbmapBits: z.number(),
})

/** Bounded here so that nothing endless is taken in; what a text or name may be is said in words for people later. */
const scenarioText = z.string().max(1_000_000)
const scenarioName = z.string().max(1000)
const parameters = z.record(name, z.number()).refine((given) => Object.keys(given).length <= PARAMETERS_MAX, 'too many')
const savedMachine = z.strictObject({
  name: z.string().max(NAME_LENGTH_MAX),
  description: z.string().max(MACHINE_DESCRIPTION_MAX),
  machine,
})

/** What the choices mean is judged later, in words for people. */
const customModel = z.strictObject({
  name: z.string().max(MODEL_NAME_MAX),
  base: name,
  choices: z.custom<PolicyChoices>(isPolicyChoices, 'these are no choices of a policy'),
})

/** A run as a window may ask for it. */
export const runSpec = z.strictObject({
  scenarioId: name,
  program: z.strictObject({ title: scenarioName, source: scenarioText }).exactOptional(),
  parameters,
  seed: z.number(),
  machineId: name,
  machine,
  modelId: name,
  custom: customModel.exactOptional(),
})

const runSpecs = z.array(runSpec).max(EXPERIMENT_RUNS_MAX)

const experimentRequest = z.strictObject({
  title: z.string().max(TITLE_LENGTH_MAX),
  question: z.string().max(QUESTION_LENGTH_MAX),
  runs: runSpecs,
})

/** Machines of one sweep, all combinations of CPUs and slots included. */
const SWEEP_MACHINES_MAX = 10_000

const sweepRequest = z.strictObject({
  title: z.string().max(TITLE_LENGTH_MAX),
  question: z.string().max(QUESTION_LENGTH_MAX),
  scenarioId: name,
  program: z.strictObject({ title: scenarioName, source: scenarioText }).exactOptional(),
  parameters,
  axes: z.array(z.strictObject({ name, values: z.array(z.number()).max(SWEEP_RUNS_MAX) })).max(PARAMETERS_MAX),
  machines: z.array(z.strictObject({ machineId: name, machine })).max(SWEEP_MACHINES_MAX),
  // More than a sweep takes: too many are refused in words for people
  models: z.array(z.strictObject({ modelId: name, custom: customModel.exactOptional() })).max(100 * SWEEP_MODELS_MAX),
  seeds: z.strictObject({ first: z.number(), count: z.number() }),
})

const runRange = z.strictObject({ first: z.int().nonnegative(), count: z.int().min(0).max(SWEEP_RUNS_MAX) })

const reportRequest = z.strictObject({
  runIds: z.array(id).min(1).max(EXPERIMENT_RUNS_MAX),
  sections: z.array(z.enum(REPORT_SECTIONS)).max(REPORT_SECTIONS.length),
  title: z.string().max(TITLE_LENGTH_MAX).exactOptional(),
})

const searchText = z.string().max(1000)
const query = z.strictObject({ search: searchText, limit: z.int().min(1).max(10_000) })

const time = z.int().nonnegative()
const tag = z.string().min(1).max(TAG_LENGTH_MAX)
const marksChange = z.strictObject({
  starred: z.boolean().exactOptional(),
  archived: z.boolean().exactOptional(),
  trashed: z.boolean().exactOptional(),
  addTag: tag.exactOptional(),
  removeTag: tag.exactOptional(),
})
const experimentMarks = z.strictObject({
  id,
  starred: z.boolean(),
  archivedAtMs: time.exactOptional(),
  trashedAtMs: time.exactOptional(),
  tags: z.array(tag).max(TAGS_MAX),
})

const settingsChange = z.strictObject({
  theme: settingsSchema.shape.theme.exactOptional(),
  density: settingsSchema.shape.density.exactOptional(),
  singleKeys: settingsSchema.shape.singleKeys.exactOptional(),
  welcomeSeen: settingsSchema.shape.welcomeSeen.exactOptional(),
  keys: settingsSchema.shape.keys.exactOptional(),
  digitGrouping: settingsSchema.shape.digitGrouping.exactOptional(),
  modelColors: settingsSchema.shape.modelColors.exactOptional(),
  threads: settingsSchema.shape.threads.exactOptional(),
  budgets: settingsSchema.shape.budgets.exactOptional(),
})

/** A position, counted from 0. */
const place = z.int().nonnegative()

/** Pixels of the largest screens. */

/** What a condition may be is said in words for people later. */
const replayQuery = z.union([
  z.strictObject({ kind: z.literal('event'), event: z.enum(FOUND_EVENTS) }),
  z.strictObject({ kind: z.literal('list-longer'), blocks: place }),
  z.strictObject({ kind: z.literal('block'), block: place }),
  z.strictObject({ kind: z.literal('page'), page: z.int() }),
  z.strictObject({ kind: z.literal('condition'), text: scenarioText }),
  z.strictObject({ kind: z.literal('iteration') }),
])

const nothing = z.tuple([])

/** One schema for each method; a missing one, or one of another shape than the contract's, does not compile. */
export const PAYLOADS: { readonly [Method in keyof LabApi]: z.ZodType<Parameters<LabApi[Method]>> } = {
  appInfo: nothing,
  catalog: nothing,
  readSettings: nothing,
  changeSettings: z.tuple([settingsChange]),
  saveModel: z.tuple([z.strictObject({ model: customModel, formerName: name.exactOptional() })]),
  deleteModel: z.tuple([name]),
  checkScenario: z.tuple([scenarioText, machine]),
  previewScenario: z.tuple([z.strictObject({ source: scenarioText, machine, parameters, seed: z.number() })]),
  listScenarios: nothing,
  saveScenario: z.tuple([z.strictObject({ id: id.exactOptional(), name: scenarioName, source: scenarioText })]),
  scenarioVersions: z.tuple([id]),
  renameScenario: z.tuple([id, scenarioName]),
  duplicateScenario: z.tuple([id]),
  deleteScenario: z.tuple([id]),
  importScenario: nothing,
  cancelImport: nothing,
  exportScenario: z.tuple([id]),
  saveMachine: z.tuple([z.strictObject({ machine: savedMachine, formerName: name.exactOptional() })]),
  deleteMachine: z.tuple([name]),
  importMachine: z.tuple([z.enum(MACHINE_SOURCES)]),
  exportMachine: z.tuple([savedMachine]),
  startExperiment: z.tuple([experimentRequest]),
  addRuns: z.tuple([id, runSpecs]),
  cancelExperiment: z.tuple([id]),
  pauseExperiment: z.tuple([id]),
  resumeExperiment: z.tuple([id]),
  currentJob: nothing,
  planSweep: z.tuple([sweepRequest]),
  startSweep: z.tuple([sweepRequest]),
  resumeSweep: z.tuple([id]),
  pauseSweep: z.tuple([id, z.boolean()]),
  cancelSweep: z.tuple([id]),
  currentSweep: nothing,
  listSweeps: nothing,
  openSweep: z.tuple([id]),
  analyseSweep: z.tuple([id, z.int().nonnegative()]),
  cancelAnalyses: nothing,
  sweepColumn: z.tuple([id, z.enum(SWEEP_FIGURES), runRange]),
  openReplay: z.tuple([z.array(runSpec).max(REPLAYS_MAX)]),
  moveReplay: z.tuple([id, z.union([z.strictObject({ to: z.int() }), z.strictObject({ by: z.int() })])]),
  compareReplayBlocks: z.tuple([
    id,
    z.strictObject({
      ...{ left: place, right: place, onlyDifferent: z.boolean() },
      ...{ from: place, count: z.int().min(1).max(COMPARED_BLOCKS_MAX) },
    }),
  ]),
  replayBlock: z.tuple([id, place, z.int()]),
  replayValues: z.tuple([id, place, place]),
  replayOccupation: z.tuple([id, z.strictObject({ run: place, fromPage: z.int(), pages: z.int(), cells: z.int() })]),
  findInReplay: z.tuple([
    id,
    z.strictObject({ run: place, query: replayQuery, direction: z.enum(['next', 'previous']), from: z.int() }),
  ]),
  findDivergence: z.tuple([id]),
  cancelReplay: z.tuple([id]),
  closeReplay: z.tuple([id]),
  closeReplays: nothing,
  recheckRuns: z.tuple([z.array(id).min(1).max(EXPERIMENT_RUNS_MAX)]),
  cancelChecks: nothing,
  journalFile: nothing,
  checkJournal: nothing,
  backUpJournal: nothing,
  cancelJournalWork: nothing,
  chooseJournalToMerge: nothing,
  mergeChosenJournal: nothing,
  openJournal: nothing,
  newJournal: nothing,
  journalTotals: nothing,
  listExperiments: z.tuple([query]),
  findExperiments: z.tuple([searchText]),
  readExperiments: z.tuple([searchText, z.array(id).max(READ_EXPERIMENTS_MAX)]),
  journalFacets: z.tuple([searchText]),
  journalNames: nothing,
  openExperiment: z.tuple([id]),
  openRun: z.tuple([id]),
  summarizeRuns: z.tuple([z.array(id).max(COMPARED_RUNS_MAX)]),
  renameExperiment: z.tuple([id, z.string().trim().min(1).max(TITLE_LENGTH_MAX)]),
  writeNote: z.tuple([id, z.string().max(NOTE_LENGTH_MAX), name]),
  saveMoment: z.tuple([
    z.strictObject({
      runIds: z.array(id).min(1).max(REPLAYS_MAX),
      operation: z.int().nonnegative(),
      note: z.string().max(BOOKMARK_NOTE_LENGTH_MAX),
    }),
  ]),
  askForMoment: nothing,
  savePicture: z.tuple([
    z.strictObject({
      about: z.string().max(TITLE_LENGTH_MAX),
      format: z.enum(Object.keys(PICTURE_FORMATS) as PictureFormat[]),
      content: z.instanceof(Uint8Array).refine(({ byteLength }) => byteLength <= PICTURE_BYTES_MAX),
    }),
  ]),
  listBookmarks: z.tuple([z.array(id).max(REPLAYS_MAX)]),
  keepBookmark: z.tuple([
    z.strictObject({
      runId: id,
      operation: z.int().nonnegative(),
      note: z.string().max(BOOKMARK_NOTE_LENGTH_MAX),
    }),
  ]),
  deleteBookmark: z.tuple([id]),
  experimentTitled: z.tuple([z.string().max(NOTE_LENGTH_MAX)]),
  setTags: z.tuple([id, z.array(tag).max(TAGS_MAX)]),
  setStarred: z.tuple([id, z.boolean()]),
  changeMarks: z.tuple([z.array(id).max(MARKED_MAX), marksChange]),
  restoreMarks: z.tuple([z.array(experimentMarks).max(MARKED_MAX)]),
  trashContents: nothing,
  emptyTrash: nothing,
  previewReport: z.tuple([reportRequest, z.enum(REPORT_FORMATS)]),
  exportReport: z.tuple([reportRequest, z.enum(REPORT_FORMATS)]),
  openReport: z.tuple([z.string().min(1).max(4096)]),
  openWindow: z.tuple([z.strictObject({ experimentId: id.exactOptional() })]),
  copyText: z.tuple([z.string().max(10_000_000)]),
}
