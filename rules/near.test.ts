import { describe, expect, it } from "vitest";
import { nearest, nearestVariable } from "./near.ts";

describe("nearest", () => {
  const known = ["port", "world", "seed", "now", "spotify", "rate-factor", "fault", "help"];
  it.each([
    ["prot", "port"],
    ["PORT", "port"],
    ["wrold", "world"],
    ["faults", "fault"],
    ["rate", "rate-factor"],
    ["ratefactor", "rate-factor"],
    ["hlep", "help"],
    ["po", undefined],
    ["colour", undefined],
    ["quiet", undefined],
    ["x".repeat(5000), undefined],
  ])("takes “%s” for %s", (word, meant) => expect(nearest(word, known)).toBe(meant));
});

describe("nearestVariable", () => {
  const known = [
    "DATABASE_URL",
    "DATABASE_LISTEN_URL",
    "DATA_DIR",
    "PORT",
    "HOST",
    "NODE_ENV",
    "LOG_LEVEL",
    "TICKETMASTER_API_KEY",
    "TICKETMASTER_URL",
    "SPOTIFY_CLIENT_ID",
    "SPOTIFY_CLIENT_SECRET",
    "SETLISTFM_API_KEY",
  ];
  it.each([
    ["TICKETMASTER_KEY", "TICKETMASTER_API_KEY"],
    ["ticketmaster_api_key", "TICKETMASTER_API_KEY"],
    ["TICKETMASTER_APIKEY", "TICKETMASTER_API_KEY"],
    ["TICKETMATSER_API_KEY", "TICKETMASTER_API_KEY"],
    ["SETLIST_FM_API_KEY", "SETLISTFM_API_KEY"],
    ["SPOTIFY_SECRET", "SPOTIFY_CLIENT_SECRET"],
    ["SPOTIFY_CLIENTID", "SPOTIFY_CLIENT_ID"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["DATADIR", "DATA_DIR"],
    // Other programs' own.
    ["HOSTNAME", undefined],
    ["HOSTS", undefined],
    ["XDG_DATA_DIRS", undefined],
    ["TEST_DATABASE_URL", undefined],
    ["NODE_ENVS", undefined],
    ["LOG_FILE", undefined],
    ["SPOTIFY_REDIRECT_HOST", undefined],
    ["SPOTIFY", undefined],
    ["DATABASE", undefined],
    ["PATH", undefined],
  ])("takes %s for %s", (name, meant) => expect(nearestVariable(name, known)).toBe(meant));
});
