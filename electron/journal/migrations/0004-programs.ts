import type { Migration } from './migration.ts'

/** The title of the C program that a run is of; its text is the run's source. NULL for a ready scenario. */
const PROGRAMS_OF_RUNS = `
ALTER TABLE run ADD COLUMN program_title TEXT CHECK (length(program_title) BETWEEN 1 AND 200);

DROP TRIGGER run_inputs_stay;
CREATE TRIGGER run_inputs_stay BEFORE UPDATE OF id, experiment_id, position, scenario_id, program_title, parameters, seed,
  machine_id, machine, model_id, custom_model, source_sha256, lab_version, owner_id, started_at_ms ON run
BEGIN SELECT RAISE(ABORT, 'the inputs of a run are never changed'); END;
`

/** A program is also found by its title. */
const SEARCH = `
DROP VIEW search_text;
CREATE VIEW search_text AS SELECT
  experiment.id AS experiment_id,
  replace(replace(experiment.title, char(2), ' '), char(3), ' ') AS title,
  replace(replace(experiment.question, char(2), ' '), char(3), ' ') AS question,
  (SELECT replace(replace(text, char(2), ' '), char(3), ' ') FROM note
    WHERE note.experiment_id = experiment.id ORDER BY version DESC LIMIT 1) AS note,
  (SELECT replace(replace(group_concat(name, ', '), char(2), ' '), char(3), ' ') FROM tag
    WHERE tag.experiment_id = experiment.id AND removed_at_ms IS NULL) AS tags,
  (SELECT replace(replace(group_concat(coalesce(scenario_id || ' ' || program_title, scenario_id), ', '),
      char(2), ' '), char(3), ' ')
    FROM (SELECT DISTINCT scenario_id, program_title FROM run WHERE run.experiment_id = experiment.id)) AS scenario,
  (SELECT group_concat(CASE WHEN custom_model IS NULL THEN model_id
      ELSE model_id || ' (experimental: ' || json_extract(custom_model, '$.base') || ' with ' ||
        coalesce((SELECT group_concat(value, ' ') FROM json_each(custom_model, '$.choices')), '') || ')' END, ' ')
    FROM (SELECT DISTINCT model_id, custom_model FROM run WHERE run.experiment_id = experiment.id)) AS model,
  (SELECT group_concat(replace(replace(substr(text, 1, 100000), char(2), ' '), char(3), ' '), char(10))
    FROM scenario_source WHERE sha256 IN (SELECT source_sha256 FROM run WHERE run.experiment_id = experiment.id)) AS source
FROM experiment;
`

/**
 * The user's own scenarios. Every changed text is a new version; texts are shared with the runs of the same text. A name is
 * taken whatever its case.
 */
const SAVED_SCENARIOS = `
CREATE TABLE saved_scenario (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT    NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200)
) STRICT;

CREATE TABLE scenario_version (
  scenario_id   INTEGER NOT NULL REFERENCES saved_scenario (id) ON DELETE CASCADE,
  version       INTEGER NOT NULL CHECK (version >= 1),
  source_sha256 TEXT    NOT NULL REFERENCES scenario_source (sha256) ON DELETE RESTRICT,
  saved_at_ms   INTEGER NOT NULL CHECK (saved_at_ms >= 0),
  PRIMARY KEY (scenario_id, version)
) STRICT;

CREATE TRIGGER scenario_versions_stay BEFORE UPDATE ON scenario_version
BEGIN SELECT RAISE(ABORT, 'a saved version of a scenario is never changed'); END;

-- A cascading delete is let through: its scenario is already gone when it arrives here.
CREATE TRIGGER scenario_versions_are_kept BEFORE DELETE ON scenario_version
WHEN EXISTS (SELECT 1 FROM saved_scenario WHERE id = OLD.scenario_id)
BEGIN SELECT RAISE(ABORT, 'a saved version of a scenario is only deleted with its scenario'); END;
`

export const programs: Migration = { version: 4, sql: PROGRAMS_OF_RUNS + SEARCH + SAVED_SCENARIOS }
