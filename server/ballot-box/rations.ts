/**
 * How many votes a minute: of one fan, and of all fans behind one address. Counted a batch at a time in one statement,
 * so that a limit shared by all processes costs no round trip a vote.
 */
import type { Db } from "#db/index";
import { usePoints } from "#db/queries/people-limits";
import { perMinute } from "#rules/voting";
import type { Limits } from "../limits.ts";

const SECONDS = 60;

export type Voter = { fanId: string; address: string };
/** `seconds` until the minute that began with the first vote is over */
export type Limited = { state: "limited"; limit: "fan" | "address"; seconds: number };

/** Uses a point of each voter's two rations. @returns for each of them, in their order, what they ran out of, if anything */
export async function ration(db: Db, limits: Limits, voters: Voter[]): Promise<(Limited | undefined)[]> {
  if (!limits.on) return voters.map(() => undefined);
  const fanKey = ({ fanId }: Voter) => `vote-fan:${limits.keyOf(fanId)}`;
  const addressKey = ({ address }: Voter) => `vote-address:${limits.keyOf(address)}`;
  const asked = new Map<string, number>();
  for (const voter of voters)
    for (const key of [fanKey(voter), addressKey(voter)]) asked.set(key, (asked.get(key) ?? 0) + 1);
  const used = await usePoints(
    db,
    [...asked].map(([key, points]) => ({ key, points, seconds: SECONDS })),
  );
  /** what is left of each ration for this batch, used up from the front of the line */
  const left = new Map<string, number>();
  const takes = (key: string, most: number): number | undefined => {
    const { points = 0, ms = 0 } = used.get(key) ?? {};
    const rest = left.get(key) ?? most - (points - (asked.get(key) ?? 0));
    left.set(key, rest - 1);
    return rest > 0 ? undefined : Math.ceil(ms / 1000);
  };
  return voters.map((voter) => {
    const fan = takes(fanKey(voter), perMinute.fan);
    if (fan !== undefined) return { state: "limited", limit: "fan", seconds: fan };
    const address = takes(addressKey(voter), perMinute.address);
    return address === undefined ? undefined : { state: "limited", limit: "address", seconds: address };
  });
}
