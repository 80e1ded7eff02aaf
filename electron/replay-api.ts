import type { ReplayApi } from '../shared/contract/replay.ts'
import type { ApiParts } from './api-parts.ts'
import { answerUnlessRefused, unlessRefused, type JournalChanges } from './api-outcomes.ts'
import { momentOf } from './lab/moment-of.ts'
import { askForMoment, saveMomentFile } from './moment-dialogs.ts'
import { savePictureFile } from './picture-dialog.ts'

/** Replays, and moments of them, for one page. */
export function replayApi(
  { lab, page, window }: Pick<ApiParts, 'lab' | 'page' | 'window'>,
  changes: JournalChanges,
): ReplayApi {
  const { journal } = lab
  return {
    openReplay: (runs) => answerUnlessRefused(() => lab.replays.open(runs, page)),
    moveReplay: (replayId, move) => answerUnlessRefused(() => lab.replays.ask(replayId, 'move', move)),
    compareReplayBlocks: (replayId, part) =>
      answerUnlessRefused(() => lab.replays.ask(replayId, 'compared-blocks', part)),
    replayBlock: (replayId, run, index) =>
      answerUnlessRefused(() => lab.replays.ask(replayId, 'block', { run, index })),
    replayValues: (replayId, run, operation) =>
      answerUnlessRefused(() => lab.replays.ask(replayId, 'values', { run, operation })),
    replayOccupation: (replayId, part) => answerUnlessRefused(() => lab.replays.ask(replayId, 'occupation', part)),
    findInReplay: (replayId, search) => answerUnlessRefused(() => lab.replays.ask(replayId, 'find', search)),
    findDivergence: (replayId) => answerUnlessRefused(() => lab.replays.ask(replayId, 'diverge', {})),
    cancelReplay: (replayId) => {
      lab.replays.cancel(replayId)
      return Promise.resolve()
    },
    closeReplay: (replayId) => lab.replays.close(replayId),
    closeReplays: () => lab.replays.closeAll(page),
    saveMoment: async (request) => {
      const owner = window()
      const moment = await unlessRefused(() => momentOf(journal, request))
      if (moment.kind !== 'done') return moment
      return owner === undefined ? { kind: 'declined' } : saveMomentFile(owner, moment.value)
    },
    askForMoment: () => {
      const owner = window()
      return owner === undefined ? Promise.resolve({ kind: 'declined' }) : askForMoment(owner)
    },
    savePicture: (picture) => {
      const owner = window()
      return owner === undefined ? Promise.resolve({ kind: 'declined' }) : savePictureFile(owner, picture)
    },
    listBookmarks: (runIds) => Promise.resolve(journal.bookmarks(runIds)),
    keepBookmark: (bookmark) => changes.unlessRefused(() => journal.keepBookmark(bookmark)),
    deleteBookmark: (id) => changes.made(() => journal.deleteBookmark(id)),
  }
}
