import { type Kysely, sql } from "kysely";

/** What a walk has met stands on the walk while it lasts: reading an unchanged list again writes no release. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Walks that were under way begin anew: what they had met stood on the releases.
  await sql`
    alter table release_walks
      -- the service's ids of the releases on the pages read so far; empty when the walk is done
      add column met text[] not null default '{}'`.execute(db);
  await sql`update release_walks set next_offset = 0`.execute(db);
  await sql`alter table releases drop column seen_at`.execute(db);
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table releases add column seen_at timestamptz not null default now()`.execute(db);
  await sql`alter table release_walks drop column met`.execute(db);
}
