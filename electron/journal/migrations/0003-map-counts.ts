import type { Migration } from './migration.ts'
import { partOfRun } from './part-of-run.ts'

/**
 * Distributions over the maps of a run; runs that ended before have none. `visited_nodes.data` is in the form of
 * packed-numbers.ts: the ranges' first values, last values and counts, one array after the other. rest_* is what did not fit in
 * the ranges, together.
 */
const MAP_COUNTS = `
CREATE TABLE visited_nodes (
  run_id     INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  ranges     INTEGER NOT NULL CHECK (ranges BETWEEN 0 AND 65536),
  data       BLOB    NOT NULL,
  rest_first INTEGER CHECK (rest_first >= 0),
  rest_last  INTEGER CHECK (rest_last >= rest_first),
  rest_count INTEGER CHECK (rest_count >= 1),
  CHECK ((rest_first IS NULL) = (rest_count IS NULL) AND (rest_last IS NULL) = (rest_count IS NULL))
) STRICT;

-- by_order: JSON, maps of 2^0 slots, of 2^1, ...; larger: of more than VMAP_MAX_ALLOC pages; empty: of 0 pages.
CREATE TABLE request_orders (
  run_id   INTEGER PRIMARY KEY REFERENCES run (id) ON DELETE CASCADE,
  by_order TEXT    NOT NULL CHECK (json_valid(by_order)),
  larger   INTEGER NOT NULL CHECK (larger >= 0),
  empty    INTEGER NOT NULL CHECK (empty >= 0)
) STRICT;
`

export const mapCounts: Migration = {
  version: 3,
  sql: MAP_COUNTS + ['visited_nodes', 'request_orders'].map(partOfRun).join(''),
}
