import type { Migration } from './migration.ts'
import { partOfRun } from './part-of-run.ts'

/**
 * All tables are STRICT (https://sqlite.org/stricttables.html). Lengths are checked in code points here and in UTF-16 units,
 * which are never fewer, by limits.ts, which also gives the readable message.
 *
 * `series.data` is a zlib stream (its Adler-32 detects damage) of the arrays min, max and last, `points` numbers each;
 * `free_list.free_slots_max` is one such array. packed-numbers.ts has the format of the numbers.
 */
const EXPERIMENTS = `
CREATE TABLE experiment (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  title         TEXT    NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  question      TEXT    NOT NULL CHECK (length(question) <= 1000),
  created_at_ms INTEGER NOT NULL CHECK (created_at_ms >= 0),
  starred       INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1))
) STRICT;

-- Every change of a note is a new version; '' means that the note was taken away.
CREATE TABLE note (
  experiment_id INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  version       INTEGER NOT NULL CHECK (version >= 1),
  text          TEXT    NOT NULL CHECK (length(text) <= 100000),
  written_at_ms INTEGER NOT NULL CHECK (written_at_ms >= 0),
  PRIMARY KEY (experiment_id, version)
) STRICT;

CREATE TRIGGER note_versions_stay BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'a written note version is never changed'); END;

-- A cascading delete is let through: its experiment is already gone when it arrives here.
CREATE TRIGGER note_versions_are_kept BEFORE DELETE ON note
WHEN EXISTS (SELECT 1 FROM experiment WHERE id = OLD.experiment_id)
BEGIN SELECT RAISE(ABORT, 'a written note version is never deleted'); END;

-- A tag that is taken off keeps its row, so that tags have a history too.
CREATE TABLE tag (
  experiment_id INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  added_at_ms   INTEGER NOT NULL CHECK (added_at_ms >= 0),
  removed_at_ms INTEGER CHECK (removed_at_ms >= 0)
) STRICT;

CREATE UNIQUE INDEX tag_current ON tag (experiment_id, name) WHERE removed_at_ms IS NULL;
CREATE INDEX tag_experiment ON tag (experiment_id);
`

const RUNS = `
-- The process that executes runs; see owner.ts for how it is recognised later. '' where the system does not tell.
CREATE TABLE owner (
  id            INTEGER PRIMARY KEY,
  pid           INTEGER NOT NULL CHECK (pid > 0),
  process_start TEXT    NOT NULL,
  pid_namespace TEXT    NOT NULL,
  boot          TEXT    NOT NULL,
  host          TEXT    NOT NULL,
  seen_at_ms    INTEGER NOT NULL CHECK (seen_at_ms >= 0)
) STRICT;

-- Scenario texts by SHA-256, so that the runs of a sweep share one.
CREATE TABLE scenario_source (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  text   TEXT NOT NULL CHECK (length(text) <= 1000000)
) STRICT;

CREATE TRIGGER scenario_source_stays BEFORE UPDATE ON scenario_source
BEGIN SELECT RAISE(ABORT, 'a stored scenario source is never changed'); END;

CREATE TABLE run (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  experiment_id   INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
  position        INTEGER NOT NULL CHECK (position >= 0),
  status          TEXT    NOT NULL CHECK (status IN ('running', 'finished', 'cancelled', 'interrupted', 'failed')),
  scenario_id     TEXT    NOT NULL CHECK (length(scenario_id) BETWEEN 1 AND 200),
  parameters      TEXT    NOT NULL CHECK (json_valid(parameters)),
  seed            INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 4294967295),
  machine_id      TEXT    NOT NULL CHECK (length(machine_id) BETWEEN 1 AND 200),
  machine         TEXT    NOT NULL CHECK (json_valid(machine)),
  model_id        TEXT    NOT NULL CHECK (length(model_id) BETWEEN 1 AND 200),
  source_sha256   TEXT    NOT NULL REFERENCES scenario_source (sha256) ON DELETE RESTRICT,
  lab_version     TEXT    NOT NULL CHECK (length(lab_version) BETWEEN 1 AND 200),
  owner_id        INTEGER NOT NULL REFERENCES owner (id) ON DELETE RESTRICT,
  started_at_ms   INTEGER NOT NULL CHECK (started_at_ms >= 0),
  ended_at_ms     INTEGER CHECK (ended_at_ms >= 0),
  operations      INTEGER CHECK (operations >= 0),
  live_blocks_max INTEGER CHECK (live_blocks_max >= 0),
  blocks_listed   INTEGER CHECK (blocks_listed >= 0),
  digest          TEXT    CHECK (length(digest) = 16 AND digest NOT GLOB '*[^0-9a-fA-F]*'),
  elapsed_ms      REAL    CHECK (elapsed_ms >= 0),
  failure         TEXT    CHECK (length(failure) BETWEEN 1 AND 2000),
  UNIQUE (experiment_id, position),
  CHECK ((status = 'running') = (ended_at_ms IS NULL)),
  CHECK ((status = 'finished') = (operations IS NOT NULL)),
  CHECK ((status = 'finished') = (live_blocks_max IS NOT NULL)),
  CHECK ((status = 'finished') = (blocks_listed IS NOT NULL)),
  CHECK ((status = 'finished') = (digest IS NOT NULL)),
  CHECK ((status = 'finished') = (elapsed_ms IS NOT NULL)),
  CHECK ((status = 'failed') = (failure IS NOT NULL))
) STRICT;

CREATE INDEX run_running ON run (owner_id) WHERE status = 'running';

-- One column for each counter of shared/counts.ts, under the counter's own name.
CREATE TABLE counts (
  run_id                   INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  vm_map_ram               INTEGER NOT NULL CHECK (vm_map_ram >= 0),
  vm_map_ram_failed        INTEGER NOT NULL CHECK (vm_map_ram_failed >= 0),
  vm_unmap_ram             INTEGER NOT NULL CHECK (vm_unmap_ram >= 0),
  alloc_vmap_area          INTEGER NOT NULL CHECK (alloc_vmap_area >= 0),
  alloc_vmap_area_failed   INTEGER NOT NULL CHECK (alloc_vmap_area_failed >= 0),
  free_vmap_block          INTEGER NOT NULL CHECK (free_vmap_block >= 0),
  purge_on_alloc_failure   INTEGER NOT NULL CHECK (purge_on_alloc_failure >= 0),
  purge_on_lazy_threshold  INTEGER NOT NULL CHECK (purge_on_lazy_threshold >= 0),
  unmap_aliases            INTEGER NOT NULL CHECK (unmap_aliases >= 0),
  fragmented_blocks_purged INTEGER NOT NULL CHECK (fragmented_blocks_purged >= 0),
  tlb_flushes              INTEGER NOT NULL CHECK (tlb_flushes >= 0),
  tlb_flush_pages          INTEGER NOT NULL CHECK (tlb_flush_pages >= 0),
  nodes_visited            INTEGER NOT NULL CHECK (nodes_visited >= 0),
  lazy_pages               INTEGER NOT NULL CHECK (lazy_pages >= 0),
  warnings                 INTEGER NOT NULL CHECK (warnings >= 0),
  bugs                     INTEGER NOT NULL CHECK (bugs >= 0)
) STRICT;

CREATE TABLE series (
  run_id               INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  name                 TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  operations_per_point INTEGER NOT NULL CHECK (operations_per_point >= 1),
  points               INTEGER NOT NULL CHECK (points BETWEEN 0 AND 4096),
  data                 BLOB    NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT;

-- head and tail: JSON, [[block index, free slots, dirty slots], ...]
CREATE TABLE free_list (
  run_id         INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  cpu            INTEGER NOT NULL CHECK (cpu >= 0),
  length         INTEGER NOT NULL CHECK (length >= 0),
  head           TEXT    NOT NULL CHECK (json_valid(head)),
  tail           TEXT    NOT NULL CHECK (json_valid(tail)),
  columns        INTEGER NOT NULL CHECK (columns BETWEEN 0 AND 2048),
  free_slots_max BLOB    NOT NULL,
  PRIMARY KEY (run_id, cpu)
) STRICT;
`

/**
 * A run that has ended stays as it is. Deleting a whole experiment is let through: its runs' parent row, and then their own,
 * are already gone when the cascade arrives at these triggers.
 */
const IMMUTABLE_RUNS = `
CREATE TRIGGER run_ended_stays BEFORE UPDATE ON run WHEN OLD.status <> 'running'
BEGIN SELECT RAISE(ABORT, 'a run that has ended is never changed'); END;

CREATE TRIGGER run_inputs_stay BEFORE UPDATE OF id, experiment_id, position, scenario_id, parameters, seed, machine_id,
  machine, model_id, source_sha256, lab_version, owner_id, started_at_ms ON run
BEGIN SELECT RAISE(ABORT, 'the inputs of a run are never changed'); END;

CREATE TRIGGER run_finished_has_counts BEFORE UPDATE OF status ON run
WHEN NEW.status = 'finished' AND NOT EXISTS (SELECT 1 FROM counts WHERE run_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a finished run has counts'); END;

CREATE TRIGGER run_starts_running BEFORE INSERT ON run WHEN NEW.status <> 'running'
BEGIN SELECT RAISE(ABORT, 'a run is recorded before it starts'); END;

CREATE TRIGGER run_ended_is_kept BEFORE DELETE ON run
WHEN OLD.status <> 'running' AND EXISTS (SELECT 1 FROM experiment WHERE id = OLD.experiment_id)
BEGIN SELECT RAISE(ABORT, 'a run that has ended is only deleted with its experiment'); END;
${['counts', 'series', 'free_list'].map(partOfRun).join('')}`

/**
 * Full-text search (https://sqlite.org/fts5.html): one row for each experiment, rowid = experiment.id, written from the view
 * by search.ts whenever one of its columns changed. U+0002 and U+0003 mark matches in excerpts, so they are taken out. Of a
 * very long source, such as a captured trace, the beginning is searched.
 */
const SEARCH = `
CREATE VIEW search_text AS SELECT
  experiment.id AS experiment_id,
  replace(replace(experiment.title, char(2), ' '), char(3), ' ') AS title,
  replace(replace(experiment.question, char(2), ' '), char(3), ' ') AS question,
  (SELECT replace(replace(text, char(2), ' '), char(3), ' ') FROM note
    WHERE note.experiment_id = experiment.id ORDER BY version DESC LIMIT 1) AS note,
  (SELECT replace(replace(group_concat(name, ', '), char(2), ' '), char(3), ' ') FROM tag
    WHERE tag.experiment_id = experiment.id AND removed_at_ms IS NULL) AS tags,
  (SELECT group_concat(scenario_id, ' ')
    FROM (SELECT DISTINCT scenario_id FROM run WHERE run.experiment_id = experiment.id)) AS scenario,
  (SELECT group_concat(model_id, ' ')
    FROM (SELECT DISTINCT model_id FROM run WHERE run.experiment_id = experiment.id)) AS model,
  (SELECT group_concat(replace(replace(substr(text, 1, 100000), char(2), ' '), char(3), ' '), char(10))
    FROM scenario_source WHERE sha256 IN (SELECT source_sha256 FROM run WHERE run.experiment_id = experiment.id)) AS source
FROM experiment;

CREATE VIRTUAL TABLE search USING fts5 (
  title, question, note, tags, scenario, model, source, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER experiment_leaves_search AFTER DELETE ON experiment
BEGIN DELETE FROM search WHERE rowid = OLD.id; END;
`

export const firstSchema: Migration = {
  version: 1,
  sql: EXPERIMENTS + RUNS + IMMUTABLE_RUNS + SEARCH,
}
