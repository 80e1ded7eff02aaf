import type { Migration } from './migration.ts'

/** A moment of a run that somebody wants to come back to, and why. */
const BOOKMARKS = `
CREATE TABLE bookmark (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id     INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  operation  INTEGER NOT NULL CHECK (operation >= 0),
  note       TEXT    NOT NULL CHECK (length(note) <= 500),
  made_at_ms INTEGER NOT NULL CHECK (made_at_ms >= 0),
  UNIQUE (run_id, operation)
) STRICT;
`

export const bookmarks: Migration = { version: 7, sql: BOOKMARKS }
