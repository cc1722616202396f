/** What lies between a turn and the call it is for must not make the call crowd the next one's. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { json } from "../../tests/scripted-server.ts";
import { type UpstreamRig, upstreamRig } from "../../tests/upstream-rig.ts";
import { takeTurn } from "./budget.ts";
import { UpstreamError } from "./errors.ts";
import type { Token } from "./token.ts";

let rig: UpstreamRig;
beforeAll(async () => {
  rig = await upstreamRig();
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const used = async () =>
  (await rig.db.selectFrom("upstream_budgets").select("used").executeTakeFirst())?.used ?? 0;

/** As a long calculation does. */
function stall(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("a turn that the process slept through is let go, and counts once", async () => {
  rig.server.answer(json({ ok: "yes" }));
  const slow = rig.upstream({ rps: 2 });
  const begun = performance.now();
  await takeTurn(rig.wiring, slow, {});
  const asked = rig.ask({}, slow);
  // The next turns are 550 ms and 1,100 ms away.
  setTimeout(() => stall(700), 50);
  await asked;
  expect(performance.now() - begun).toBeGreaterThanOrEqual(1_090);
  expect(await used()).toBe(2);
});

test("a turn is taken once the token is there", async () => {
  rig.server.answer(json({ ok: "yes" }));
  const taken: number[] = [];
  const token: Token = {
    take: async () => {
      taken.push(await used());
      return { headers: { authorization: "Bearer t" } };
    },
    drop: () => undefined,
  };
  await rig.ask({}, rig.upstream({ auth: { token } }));
  expect(taken).toEqual([0]);
  expect(rig.server.asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer t"]);
});

test("without a token no turn is used up, and asking for it again is not either", async () => {
  let asked = 0;
  const error = new UpstreamError("spotify", "refused", "does not accept the key");
  const token: Token = {
    take: () => {
      asked += 1;
      return Promise.resolve({ outcome: { kind: "refused", error } });
    },
    drop: () => undefined,
  };
  await expect(rig.ask({}, rig.upstream({ name: "spotify", auth: { token } }))).rejects.toBe(error);
  expect(asked).toBe(1);
  expect(await used()).toBe(0);
  expect(rig.server.asked).toEqual([]);
});
