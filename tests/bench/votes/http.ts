/** B5: a vote through HTTP and tRPC with its session checked, against a bare handler that calls the same function. */
import { Agent, request } from "node:http";
import { sql } from "kysely";
import type { Db } from "#db/index";
import { createSessionCookie, hashOf } from "#server/session/cookie";
import { startChild } from "../live/child.ts";
import { type BenchContext, type Figure, inTurn, ratioFigure, spreadOf } from "../frame.ts";
import { HTTP_FANS, httpVoteOf, idOf, FANS } from "./hall.ts";
import { load, said } from "./loads.ts";
import type { ServerAnswers } from "./server.ts";

export const SECRET = "of a bench";
const CALLERS = 64;
/** each fan once: their session is remembered from then on */
const WARM = HTTP_FANS;
const COUNT = 2_000;

export async function throughHttp(
  { db, url, postgres }: { db: Db; url: string; postgres: number },
  { rounds, say }: BenchContext,
): Promise<Figure[]> {
  const cookies = await signIn(db);
  const server = startChild<ServerAnswers>("../votes/server.ts", [url]);
  const agent = new Agent({ keepAlive: true, maxSockets: CALLERS });
  try {
    const urls = await server.ask("urls");
    let given = 0;
    const side = async (vote: (n: number) => Promise<void>, count = COUNT) => {
      const before = await server.ask("cpuMs");
      const answered = await load({ callers: CALLERS, count, first: given, postgres }, vote);
      given += count;
      return { ...answered, cpuUs: (((await server.ask("cpuMs")) - before) * 1000) / count };
    };
    const product = (n: number) => {
      const { fan, setlistSongId } = httpVoteOf(n);
      const cookie = cookies[fan] ?? "";
      return post(`${urls.product}/api/trpc/vote.cast`, agent, { json: { setlistSongId } }, { cookie });
    };
    const bare = (n: number) => {
      const { fan, setlistSongId } = httpVoteOf(n);
      return post(urls.bare, agent, { fanId: idOf("fan", FANS + fan), setlistSongId });
    };
    await side(product, WARM);
    await side(bare, WARM);
    const pairs = await inTurn(
      rounds,
      () => side(product),
      () => side(bare),
    );
    for (const [a, b] of pairs) say(`through HTTP: ${said(a)} · bare ${said(b)}`);
    const cpu = spreadOf(pairs.map(([a, b]) => a.cpuUs / b.cpuUs)).median;
    return [
      ratioFigure(
        "B5 votes a second through HTTP and tRPC",
        { atLeast: 0.5 },
        pairs.map(([a, b]) => a.perSecond / b.perSecond),
        { pairs, note: `${cpu.toFixed(2)} × its processor time` },
      ),
    ];
  } finally {
    agent.destroy();
    await server.end();
  }
}

/** A session for each fan. @returns their cookies */
async function signIn(db: Db): Promise<string[]> {
  const cookie = createSessionCookie({ secret: SECRET, secure: false });
  const tokens = Array.from({ length: HTTP_FANS }, () => cookie.make());
  await sql`insert into sessions (token_hash, fan_id)
    select decode(hash, 'hex'), fan::uuid from unnest(${tokens.map((token) => hashOf(token).toString("hex"))}::text[],
      ${tokens.map((_, n) => idOf("fan", FANS + n))}::text[]) as t (hash, fan)`.execute(db);
  return tokens.map((token) => cookie.set(token).split(";")[0] ?? "");
}

function post(url: string, agent: Agent, body: object, headers: Record<string, string> = {}): Promise<void> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        agent,
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(text),
          ...headers,
        },
      },
      (res) => {
        let answer = "";
        res.setEncoding("utf8");
        res.on("data", (chunk: string) => (answer += chunk));
        res.on("end", () =>
          res.statusCode === 200 && answer.includes('"myVote":true')
            ? resolve()
            : reject(new Error(`${res.statusCode}: ${answer.slice(0, 500)}`)),
        );
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}
