/**
 * The machine's record over all shows, kept between requests: counting it reads every song ever scored. Counted anew once
 * a show has been scored since, and once for all who ask meanwhile.
 */
import type { Db } from "#db/index";
import {
  getRecordVersion,
  listCalibration,
  listScorerRecords,
  type CalibrationBin,
  type ScorerRecord,
} from "#db/queries/records";

export type WholeRecord = { scorers: ScorerRecord[]; calibration: CalibrationBin[] };
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
  const [scorers, calibration] = await Promise.all([listScorerRecords(db), listCalibration(db)]);
  return { scorers, calibration };
}
