/** The peer: pgbench on the transaction of one vote alone, prepared and without NOTIFY. */
import { execFile, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { FANS, SHOWS, SONGS, sqlId } from "./hall.ts";

const fan = `:n % ${FANS}`;
/** What our batch does for each of its votes, by the same rows, keys and checks. */
const singleVote = `
\\set i :i + 1
\\set n :first + :i * :callers + :client_id
with known as (
  select ${sqlId("fan", fan)} as fan_id, setlist_songs.id, setlists.show_id, shows.artist_id
  from setlist_songs join setlists on setlists.id = setlist_songs.setlist_id join shows on shows.id = setlists.show_id
  where setlist_songs.id = ${sqlId("song", `(${fan}) % ${SHOWS} * ${SONGS} + :n / ${FANS}`)}
    and setlist_songs.hidden_at is null and shows.status <> 'cancelled'
    and (shows.voting_closes_at is null or shows.voting_closes_at > clock_timestamp())
), stored as (
  insert into votes (fan_id, setlist_song_id, ballot, show_id, artist_id)
  select fan_id, id, 'expect', show_id, artist_id from known
  on conflict do nothing returning fan_id, setlist_song_id, show_id, artist_id
), used as (
  insert into ballots as kept (fan_id, show_id, ballot, used) select fan_id, show_id, 'expect', 1 from stored
  on conflict (fan_id, show_id, ballot) do update set used = kept.used + 1
), tallied as (
  insert into tallies as kept (setlist_song_id, show_id, votes) select setlist_song_id, show_id, 1 from stored
  on conflict (setlist_song_id) do update set votes = kept.votes + 1 returning votes, wishes
), counted as (
  insert into vote_hours as kept (show_id, hour, artist_id, votes)
  select show_id, date_trunc('hour', now(), 'UTC'), artist_id, 1 from stored
  on conflict (show_id, hour) do update set votes = kept.votes + 1
) select votes, wishes from tallied;
`;

export type Peer = {
  /** @param first the number of the first vote @returns votes a second, without the time of connecting */
  run(args: { callers: number; each: number; first: number }): Promise<number>;
};

/** undefined where there is no pgbench. @param dir for its script */
export async function createPeer(url: string, dir: string): Promise<Peer | undefined> {
  const program = find();
  if (!program) return undefined;
  const script = join(dir, "single-vote.sql");
  await writeFile(script, singleVote);
  return {
    async run({ callers, each, first }) {
      const options = { i: -1, first, callers };
      const { stdout } = await promisify(execFile)(program, [
        ...["--no-vacuum", "--protocol=prepared", `--file=${script}`],
        ...[`--client=${callers}`, `--jobs=${Math.min(callers, 2)}`, `--transactions=${each}`],
        ...Object.entries(options).map(([name, value]) => `--define=${name}=${value}`),
        url,
      ]);
      if (!stdout.includes(`processed: ${callers * each}/${callers * each}`)) throw new Error(stdout);
      return Number(/tps = ([\d.]+) \(without/.exec(stdout)?.[1]);
    },
  };
}

function find(): string | undefined {
  for (const [program, args] of [
    ["pgbench", ["--version"]],
    ["pg_config", ["--bindir"]],
  ] as const) {
    try {
      const said = execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      if (program === "pgbench") return program;
      const beside = join(said.trim(), "pgbench");
      return existsSync(beside) ? beside : undefined;
    } catch {
      // Not on the PATH.
    }
  }
  return undefined;
}
