/**
 * Entry: `npm run simulator`, the upstreams alone. Under a parent it says when it is ready and goes when the parent does.
 */
import { meant, readArguments, refuse, UsageError } from "#server/arguments";
import {
  faultKinds,
  spotifyKeys,
  startSimulator,
  upstreams,
  worldNames,
  type Fault,
  type FaultKind,
  type WorldName,
} from "../server/simulator/index.ts";

const table = (rows: Record<string, string>) =>
  Object.entries(rows)
    .map(([name, about]) => `  ${name.padEnd(18)}${about}`)
    .join("\n");

const help = `npm run simulator -- [options]
Ticketmaster, Spotify, setlist.fm and MusicBrainz over local HTTP, with invented artists. API key, client id and
secret: simulator.

  --port N          port, a free one by default
  --world NAME      which world, default by default
  --seed TEXT       other nights and songs, the same artists
  --now ISO         its clock starts here, such as 2026-11-24T20:00:00Z
  --spotify KEY     what Spotify gives to the key: ${spotifyKeys.join(", ")}
  --rate-factor N   raises the limits on requests, 1 by default
  --fault KIND:UPSTREAM[:RATE]
                    may come several times; RATE is a share from 0 to 1
  --help            this text

Worlds:
${table(worldNames)}

Faults:
${table(faultKinds)}

Upstreams: ${upstreams.join(", ")}
`;

function number(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most))
    throw new UsageError(`takes as --${name} a number from ${least} to ${most}, not "${text}"`);
  return value;
}

const isOneOf = <T extends string>(list: readonly T[], text: string | undefined): text is T =>
  (list as readonly (string | undefined)[]).includes(text);

function fault(text: string): Fault {
  const [kind, upstream, rate, ...more] = text.split(":");
  const kinds = Object.keys(faultKinds) as FaultKind[];
  if (!isOneOf(kinds, kind) || more.length > 0)
    throw new UsageError(`takes as --fault KIND:UPSTREAM[:RATE], not "${text}"${meant(kind ?? "", kinds)}`);
  if (!isOneOf(upstreams, upstream))
    throw new UsageError(
      `takes as --fault ${kind}:UPSTREAM one of ${upstreams.join(", ")}, not "${upstream ?? ""}"`,
    );
  return { kind, upstream, rate: number("fault", rate, 0, 1) };
}

function read() {
  const { values } = readArguments({
    name: "simulator",
    help,
    options: {
      port: { type: "string" },
      world: { type: "string" },
      seed: { type: "string" },
      now: { type: "string" },
      spotify: { type: "string" },
      "rate-factor": { type: "string" },
      fault: { type: "string", multiple: true },
    },
  });
  const { world, now } = values;
  const worlds = Object.keys(worldNames) as WorldName[];
  if (world !== undefined && !isOneOf(worlds, world))
    throw new UsageError(`takes as --world ${worlds.join(", ")}, not "${world}"${meant(world, worlds)}`);
  const { spotify } = values;
  if (spotify !== undefined && !isOneOf(spotifyKeys, spotify))
    throw new UsageError(`takes as --spotify ${spotifyKeys.join(", ")}, not "${spotify}"`);
  const ahead = now === undefined ? 0 : Date.parse(now) - Date.now();
  if (Number.isNaN(ahead))
    throw new UsageError(`takes as --now a date such as 2026-11-24T20:00:00Z, not "${now}"`);
  const port = number("port", values.port, 0, 65_535);
  if (port !== undefined && !Number.isInteger(port)) throw new UsageError("takes as --port a whole number");
  return {
    faults: (values.fault ?? []).map(fault),
    options: {
      port,
      world,
      seed: values.seed,
      spotify,
      now: () => new Date(Date.now() + ahead),
      rateFactor: number("rate-factor", values["rate-factor"], 0.01, 1_000_000),
    },
  };
}

try {
  const { faults, options } = read();
  const simulator = await startSimulator(options);
  simulator.setFaults(faults);
  const url = `http://127.0.0.1:${simulator.port}/`;
  const stop = () => void simulator.stop().then(() => process.exit(0));
  process.on("SIGTERM", stop).on("SIGINT", stop).on("disconnect", stop);
  process.stdout.write(`Simulator: ${url} (API key: simulator)\n`);
  for (const [name, address] of Object.entries(simulator.urls))
    process.stdout.write(`  ${name.padEnd(18)}${address}\n`);
  process.send?.({ type: "ready", url });
} catch (error) {
  if (error instanceof UsageError) refuse("simulator", error.message);
  const busy = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (!busy) throw error;
  refuse("simulator", "cannot listen: another program has that port");
}
