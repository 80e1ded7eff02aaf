import type { Migration } from './migration.ts'

/**
 * An experiment is put away before it is lost: archived ones are out of sight, those in the trash wait for being deleted.
 * `uuid` is the same in every journal that has the experiment; one from before this schema takes it from what copies of its
 * file share.
 */
const PUT_AWAY = `
ALTER TABLE experiment ADD COLUMN archived_at_ms INTEGER CHECK (archived_at_ms >= 0);
ALTER TABLE experiment ADD COLUMN trashed_at_ms INTEGER CHECK (trashed_at_ms >= 0);
ALTER TABLE experiment ADD COLUMN uuid TEXT CHECK (length(uuid) BETWEEN 1 AND 100);
UPDATE experiment SET uuid = 'before-5-' || id || '-' || created_at_ms;

CREATE UNIQUE INDEX experiment_uuid ON experiment (uuid);
CREATE INDEX experiment_put_away ON experiment (id) WHERE archived_at_ms IS NOT NULL OR trashed_at_ms IS NOT NULL;

CREATE TRIGGER experiment_has_uuid AFTER INSERT ON experiment WHEN NEW.uuid IS NULL
BEGIN UPDATE experiment SET uuid = lower(hex(randomblob(16))) WHERE id = NEW.id; END;
`

/** The versions of one stretch of editing are one version, written again until the stretch is over. NULL: not to be changed. */
const STRETCHES = `
ALTER TABLE note ADD COLUMN stretch TEXT CHECK (length(stretch) BETWEEN 1 AND 100);

DROP TRIGGER note_versions_stay;
CREATE TRIGGER note_versions_stay BEFORE UPDATE ON note
WHEN OLD.stretch IS NULL OR NEW.stretch IS NOT OLD.stretch OR NEW.experiment_id <> OLD.experiment_id
  OR NEW.version <> OLD.version
  OR EXISTS (SELECT 1 FROM note WHERE experiment_id = OLD.experiment_id AND version > OLD.version)
BEGIN SELECT RAISE(ABORT, 'a written note version is never changed'); END;
`

/** What came out when a run was made again: its digest and counters (JSON), or why it did not get that far. */
const CHECKS = `
CREATE TABLE run_check (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id        INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  checked_at_ms INTEGER NOT NULL CHECK (checked_at_ms >= 0),
  lab_version   TEXT    NOT NULL CHECK (length(lab_version) BETWEEN 1 AND 200),
  digest        TEXT    CHECK (length(digest) = 16 AND digest NOT GLOB '*[^0-9a-fA-F]*'),
  counts        TEXT    CHECK (json_valid(counts)),
  blocks_listed INTEGER CHECK (blocks_listed >= 0),
  failure       TEXT    CHECK (length(failure) BETWEEN 1 AND 2000),
  CHECK ((digest IS NULL) = (failure IS NOT NULL)),
  CHECK ((digest IS NULL) = (counts IS NULL)),
  CHECK ((digest IS NULL) = (blocks_listed IS NULL))
) STRICT;

CREATE INDEX run_check_run ON run_check (run_id);

CREATE TRIGGER run_checks_stay BEFORE UPDATE ON run_check
BEGIN SELECT RAISE(ABORT, 'the check of a run is never changed'); END;
`

/** When the file was looked after: the last check of its integrity and what it said, the last backup and where it is. */
const CARE = `
CREATE TABLE care (
  what   TEXT    PRIMARY KEY CHECK (what IN ('check', 'backup')),
  at_ms  INTEGER NOT NULL CHECK (at_ms >= 0),
  detail TEXT    NOT NULL CHECK (length(detail) <= 10000)
) STRICT;
`

/**
 * For queries over many runs: what the list is narrowed by, in the order in which it is shown, without the wide columns; and
 * the parameters by name.
 */
const INDEXES = `
CREATE INDEX run_found ON run (experiment_id, status, model_id, scenario_id, program_title, machine_id, seed, blocks_listed,
  live_blocks_max, operations);

CREATE TABLE run_parameter (
  run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name   TEXT    NOT NULL,
  value  REAL    NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

INSERT INTO run_parameter (run_id, name, value)
  SELECT run.id, key, atom FROM run, json_each(run.parameters) WHERE type IN ('integer', 'real');

CREATE TRIGGER run_parameters_arrive AFTER INSERT ON run
BEGIN
  INSERT INTO run_parameter (run_id, name, value)
    SELECT NEW.id, key, atom FROM json_each(NEW.parameters) WHERE type IN ('integer', 'real');
END;

CREATE INDEX tag_name ON tag (name) WHERE removed_at_ms IS NULL;
`

export const keeping: Migration = { version: 5, sql: PUT_AWAY + STRETCHES + CHECKS + CARE + INDEXES }
