/** The list of an artist's releases, page by page, from where an interrupted walk stopped. */
import type { DbOrTrx } from "#db/index";
import { startWalk, writeWalkPage } from "#db/queries/release-walks";
import type { CatalogueSource, NewRelease } from "#db/queries/releases";
import type { Run } from "../progress.ts";

/** `next`: offset of the page after it, absent on the last one. */
type Page = { releases: NewRelease[]; next?: number | undefined };

/**
 * Writes each page with the place where the next one begins.
 * @param id the artist's at that service
 * @param noted what else belongs into the transaction of a page
 * @throws whatever `read` throws; what was written stays
 */
export async function walkReleases<T extends Page>(
  run: Run,
  source: CatalogueSource,
  id: string,
  read: (offset: number) => Promise<T>,
  noted: (trx: DbOrTrx, page: T) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { artistId } = run;
  let offset: number | undefined = await run.write((trx) => startWalk(trx, artistId, source, id));
  while (offset !== undefined) {
    const at = offset;
    const page: T = await read(at);
    await run.write(async (trx) => {
      await writeWalkPage(trx, artistId, source, { ...page, offset: at });
      await noted(trx, page);
    });
    offset = page.next;
  }
}
