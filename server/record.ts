/**
 * The machine's record over all shows, kept between requests: counting it reads every song ever scored. Counted anew once
 * a show has been scored since, and once for all who ask meanwhile.
 */
import type { Db } from "#db/index";
import {
  getRecordVersion,
  listCalibration,
  listScoredShows,
  listScorerRecords,
  type CalibrationBin,
  type ScoredShow,
  type ScorerRecord,
} from "#db/queries/records";

/** How many of the latest shows are listed, and of the worst. */
const LISTED = 5;

export type WholeRecord = {
  scorers: ScorerRecord[];
  calibration: CalibrationBin[];
  latest: ScoredShow[];
  worst: ScoredShow[];
};
export type RecordBook = { read(): Promise<WholeRecord> };

export function createRecordBook({ db }: { db: Db }): RecordBook {
  let kept: { version: string; record: Promise<WholeRecord> } | undefined;

  return {
    async read() {
      const version = await getRecordVersion(db);
      if (kept?.version === version) return kept.record;
      const counted = { version, record: count(db) };
      kept = counted;
      // What failed is asked again by the next one.
      counted.record.catch(() => {
        if (kept === counted) kept = undefined;
      });
      return counted.record;
    },
  };
}

async function count(db: Db): Promise<WholeRecord> {
  const [scorers, calibration, latest, worst] = await Promise.all([
    listScorerRecords(db),
    listCalibration(db),
    listScoredShows(db, { by: "date", limit: LISTED }),
    listScoredShows(db, { by: "least right", limit: LISTED }),
  ]);
  return { scorers, calibration, latest, worst };
}
