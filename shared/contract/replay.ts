import type { Bookmark, NewBookmark } from '../journal.ts'
import type { Moment, MomentRequest } from '../moment.ts'
import type { PictureFile } from '../picture-file.ts'
import type { ProgramValues } from '../program-values.ts'
import type {
  BlockComparison,
  FindResult,
  InspectedBlock,
  Lockstep,
  Occupation,
  OpenedReplay,
  ReplayMoment,
  ReplayMove,
  ReplaySearch,
} from '../replay.ts'
import type { RunSpec } from '../run.ts'
import type { Outcome } from './outcome.ts'

/** Blocks of two runs, side by side. */
export interface ReplayComparedPart {
  /** Positions of the runs. */
  readonly left: number
  readonly right: number
  /** Blocks that are the same are left out. */
  readonly onlyDifferent: boolean
  readonly from: number
  /** At most `COMPARED_BLOCKS_MAX`. */
  readonly count: number
}

/** Pages from VMALLOC_START on, in cells. */
export interface ReplaySpacePart {
  /** Position of the run. */
  readonly run: number
  readonly fromPage: number
  readonly pages: number
  /** At most `OCCUPATION_CELLS_MAX`. */
  readonly cells: number
}

/** Replays, and moments of them to come back to. */
export interface ReplayApi {
  /** Opens runs to be looked at together; `declined` when that was cancelled. Progress tells the id of the replay meanwhile. */
  openReplay(runs: readonly RunSpec[]): Promise<Outcome<OpenedReplay>>
  /** One moment a run; one that is over by then stays at its end. */
  moveReplay(replayId: number, move: ReplayMove): Promise<Outcome<readonly ReplayMoment[]>>
  /** The live blocks of two runs at the present moment, the same block beside itself, from row `from` (the first being 0) on. */
  compareReplayBlocks(replayId: number, part: ReplayComparedPart): Promise<Outcome<BlockComparison>>
  /** The block of an index at the present moment; `undefined` when there is none. */
  replayBlock(replayId: number, run: number, index: number): Promise<Outcome<InspectedBlock | undefined>>
  /** The variables of a C text at one of its operations, the first being 1; `declined` when a move or a cancel came in between. */
  replayValues(replayId: number, run: number, operation: number): Promise<Outcome<ProgramValues>>
  /** How part of the vmalloc space is taken at the present moment. */
  replayOccupation(replayId: number, part: ReplaySpacePart): Promise<Outcome<Occupation>>
  /** Looks for an operation; `declined` when that was cancelled. The moment that is shown stays. */
  findInReplay(replayId: number, search: ReplaySearch): Promise<Outcome<FindResult>>
  /** Follows all runs of a replay from their first operation on; `declined` when that was cancelled. */
  findDivergence(replayId: number): Promise<Outcome<Lockstep>>
  /** Ends what a replay is doing, opening too. */
  cancelReplay(replayId: number): Promise<void>
  closeReplay(replayId: number): Promise<void>
  /** For a window that was loaded again and does not know what it had open. */
  closeReplays(): Promise<void>
  /** Asks where to save and writes a moment of finished runs; answers with the file's path. */
  saveMoment(request: MomentRequest): Promise<Outcome<string>>
  /** Asks for the file of a moment and reads it. */
  askForMoment(): Promise<Outcome<Moment>>
  /** Asks where to save and writes a picture of a moment; answers with the file's path. */
  savePicture(picture: PictureFile): Promise<Outcome<string>>
  /** Bookmarks of some runs, in the order of their operations. */
  listBookmarks(runIds: readonly number[]): Promise<readonly Bookmark[]>
  /** Keeps a moment of a run, or gives the one that is kept already another note. */
  keepBookmark(bookmark: NewBookmark): Promise<Outcome<Bookmark>>
  deleteBookmark(id: number): Promise<void>
}

// A record, not an array, so that a name that is missing or too much fails to compile
export const REPLAY_METHODS: Readonly<Record<keyof ReplayApi, true>> = {
  openReplay: true,
  moveReplay: true,
  compareReplayBlocks: true,
  replayBlock: true,
  replayValues: true,
  replayOccupation: true,
  findInReplay: true,
  findDivergence: true,
  cancelReplay: true,
  closeReplay: true,
  closeReplays: true,
  saveMoment: true,
  askForMoment: true,
  savePicture: true,
  listBookmarks: true,
  keepBookmark: true,
  deleteBookmark: true,
}
