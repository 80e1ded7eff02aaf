import type { Migration } from './migration.ts'

/**
 * A sweep and the figures of its runs. `definition` is the SweepDefinition without its program's text, which is shared with
 * the runs of the same text. What is in sweep_figures has been made; what is missing of [0, runs) has not.
 */
const SWEEPS = `
CREATE TABLE sweep (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  title         TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  definition    TEXT    NOT NULL CHECK (json_valid(definition)),
  source_sha256 TEXT    NOT NULL REFERENCES scenario_source (sha256) ON DELETE RESTRICT,
  runs          INTEGER NOT NULL CHECK (runs BETWEEN 1 AND 1000000),
  status        TEXT    NOT NULL CHECK (status IN ('running', 'finished', 'cancelled', 'interrupted', 'failed')),
  failure       TEXT    CHECK (length(failure) BETWEEN 1 AND 2000),
  lab_version   TEXT    NOT NULL CHECK (length(lab_version) BETWEEN 1 AND 200),
  owner_id      INTEGER NOT NULL REFERENCES owner (id) ON DELETE RESTRICT,
  started_at_ms INTEGER NOT NULL CHECK (started_at_ms >= 0),
  ended_at_ms   INTEGER CHECK (ended_at_ms >= 0),
  CHECK ((status = 'running') = (ended_at_ms IS NULL)),
  CHECK ((status = 'failed') = (failure IS NOT NULL))
) STRICT;

CREATE INDEX sweep_running ON sweep (owner_id) WHERE status = 'running';

-- Runs [first_run, first_run + runs) of a sweep: made, and written in one transaction with their figures.
CREATE TABLE sweep_chunk (
  sweep_id  INTEGER NOT NULL REFERENCES sweep (id) ON DELETE CASCADE,
  first_run INTEGER NOT NULL CHECK (first_run >= 0),
  runs      INTEGER NOT NULL CHECK (runs >= 1),
  PRIMARY KEY (sweep_id, first_run)
) STRICT, WITHOUT ROWID;

-- One column of a chunk, in the form of packed-numbers.ts. By name first, so that one column is read without the others.
CREATE TABLE sweep_figures (
  sweep_id  INTEGER NOT NULL,
  name      TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  first_run INTEGER NOT NULL,
  data      BLOB    NOT NULL,
  PRIMARY KEY (sweep_id, name, first_run),
  FOREIGN KEY (sweep_id, first_run) REFERENCES sweep_chunk (sweep_id, first_run) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`

const GUARDS = `
CREATE TRIGGER sweep_inputs_stay BEFORE UPDATE OF id, title, definition, source_sha256, runs, started_at_ms ON sweep
BEGIN SELECT RAISE(ABORT, 'the inputs of a sweep are never changed'); END;

CREATE TRIGGER sweep_finished_stays BEFORE UPDATE ON sweep WHEN OLD.status = 'finished'
BEGIN SELECT RAISE(ABORT, 'a finished sweep is never changed'); END;

CREATE TRIGGER sweep_chunk_fits BEFORE INSERT ON sweep_chunk
WHEN NEW.first_run + NEW.runs > (SELECT runs FROM sweep WHERE id = NEW.sweep_id)
  OR (SELECT status FROM sweep WHERE id = NEW.sweep_id) <> 'running'
  OR EXISTS (SELECT 1 FROM sweep_chunk WHERE sweep_id = NEW.sweep_id
    AND first_run < NEW.first_run + NEW.runs AND first_run + runs > NEW.first_run)
BEGIN SELECT RAISE(ABORT, 'a run of a sweep is recorded once, while the sweep is running'); END;

CREATE TRIGGER sweep_chunks_stay BEFORE UPDATE ON sweep_chunk
BEGIN SELECT RAISE(ABORT, 'the runs of a sweep are never changed'); END;
CREATE TRIGGER sweep_figures_stay BEFORE UPDATE ON sweep_figures
BEGIN SELECT RAISE(ABORT, 'the figures of a sweep are never changed'); END;

-- A cascading delete is let through: the sweep, or the chunk, is already gone when it arrives here.
CREATE TRIGGER sweep_chunks_are_kept BEFORE DELETE ON sweep_chunk
WHEN EXISTS (SELECT 1 FROM sweep WHERE id = OLD.sweep_id)
BEGIN SELECT RAISE(ABORT, 'the runs of a sweep are only deleted with it'); END;
CREATE TRIGGER sweep_figures_are_kept BEFORE DELETE ON sweep_figures
WHEN EXISTS (SELECT 1 FROM sweep_chunk WHERE sweep_id = OLD.sweep_id AND first_run = OLD.first_run)
BEGIN SELECT RAISE(ABORT, 'the figures of a sweep are only deleted with it'); END;
`

export const sweeps: Migration = { version: 6, sql: SWEEPS + GUARDS }
