import { firstSchema } from './0001-first-schema.ts'
import { models } from './0002-models.ts'
import { mapCounts } from './0003-map-counts.ts'
import { programs } from './0004-programs.ts'
import { keeping } from './0005-keeping.ts'
import { sweeps } from './0006-sweeps.ts'
import { bookmarks } from './0007-bookmarks.ts'
import type { Migration } from './migration.ts'

export type { Migration } from './migration.ts'

/** Every schema step there has been, in order, numbered from 1 without gaps. */
export const MIGRATIONS: readonly Migration[] = [firstSchema, models, mapCounts, programs, keeping, sweeps, bookmarks]
