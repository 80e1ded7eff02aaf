import type { Migration } from './migration.ts'

/** The whole definition of a custom kernel model, as JSON, with each run that was made under one; NULL under a release. */
const CUSTOM_MODELS_OF_RUNS = `
ALTER TABLE run ADD COLUMN custom_model TEXT CHECK (custom_model IS NULL OR json_valid(custom_model));

DROP TRIGGER run_inputs_stay;
CREATE TRIGGER run_inputs_stay BEFORE UPDATE OF id, experiment_id, position, scenario_id, parameters, seed, machine_id,
  machine, model_id, custom_model, source_sha256, lab_version, owner_id, started_at_ms ON run
BEGIN SELECT RAISE(ABORT, 'the inputs of a run are never changed'); END;
`

/** A custom model is also found by its base, by what it chooses and by "experimental". */
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
  (SELECT group_concat(scenario_id, ' ')
    FROM (SELECT DISTINCT scenario_id FROM run WHERE run.experiment_id = experiment.id)) AS scenario,
  (SELECT group_concat(CASE WHEN custom_model IS NULL THEN model_id
      ELSE model_id || ' (experimental: ' || json_extract(custom_model, '$.base') || ' with ' ||
        coalesce((SELECT group_concat(value, ' ') FROM json_each(custom_model, '$.choices')), '') || ')' END, ' ')
    FROM (SELECT DISTINCT model_id, custom_model FROM run WHERE run.experiment_id = experiment.id)) AS model,
  (SELECT group_concat(replace(replace(substr(text, 1, 100000), char(2), ' '), char(3), ' '), char(10))
    FROM scenario_source WHERE sha256 IN (SELECT source_sha256 FROM run WHERE run.experiment_id = experiment.id)) AS source
FROM experiment;
`

/** What the user saved by name, to choose it again: one table for every kind of thing. A name is taken whatever its case. */
const LIBRARY = `
CREATE TABLE library (
  kind          TEXT    NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  name          TEXT    NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
  definition    TEXT    NOT NULL CHECK (json_valid(definition)),
  updated_at_ms INTEGER NOT NULL CHECK (updated_at_ms >= 0),
  PRIMARY KEY (kind, name)
) STRICT;
`

export const models: Migration = { version: 2, sql: CUSTOM_MODELS_OF_RUNS + SEARCH + LIBRARY }
