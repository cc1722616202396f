/**
 * Entry: `npm run simulator`, the upstreams alone. Arguments by node:util, for citty takes the last of a repeated
 * option. Under a parent it says when it is ready and goes when the parent does.
 */
import { parseArgs } from "node:util";
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

class UsageError extends Error {}

function number(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most))
    throw new UsageError(`--${name} takes a number from ${least} to ${most}, not "${text}"`);
  return value;
}

const isOneOf = <T extends string>(list: readonly T[], text: string | undefined): text is T =>
  (list as readonly (string | undefined)[]).includes(text);

function fault(text: string): Fault {
  const [kind, upstream, rate, ...more] = text.split(":");
  const kinds = Object.keys(faultKinds) as FaultKind[];
  if (!isOneOf(kinds, kind) || more.length > 0)
    throw new UsageError(`--fault takes KIND:UPSTREAM[:RATE], not "${text}"; --help lists the kinds`);
  if (!isOneOf(upstreams, upstream))
    throw new UsageError(
      `--fault ${kind} needs an upstream (${upstreams.join(", ")}), not "${upstream ?? ""}"`,
    );
  return { kind, upstream, rate: number("fault", rate, 0, 1) };
}

function read(args: string[]) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        port: { type: "string" },
        world: { type: "string" },
        seed: { type: "string" },
        now: { type: "string" },
        spotify: { type: "string" },
        "rate-factor": { type: "string" },
        fault: { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
    }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split(". ")[0] : String(error));
  }
  const { world, now } = values;
  const worlds = Object.keys(worldNames) as WorldName[];
  if (world !== undefined && !isOneOf(worlds, world))
    throw new UsageError(`--world is one of ${worlds.join(", ")}, not "${world}"`);
  const { spotify } = values;
  if (spotify !== undefined && !isOneOf(spotifyKeys, spotify))
    throw new UsageError(`--spotify is one of ${spotifyKeys.join(", ")}, not "${spotify}"`);
  const ahead = now === undefined ? 0 : Date.parse(now) - Date.now();
  if (Number.isNaN(ahead))
    throw new UsageError(`--now takes a date such as 2026-11-24T20:00:00Z, not "${now}"`);
  const port = number("port", values.port, 0, 65_535);
  if (port !== undefined && !Number.isInteger(port)) throw new UsageError("--port takes a whole number");
  return {
    help: values.help === true,
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
  const { help: asked, faults, options } = read(process.argv.slice(2));
  if (asked) {
    process.stdout.write(help);
    process.exit(0);
  }
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
  const busy = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (!(error instanceof UsageError || busy)) throw error;
  process.stderr.write(`simulator: ${busy ? "another program listens on that port" : error.message}\n`);
  process.exit(2);
}
