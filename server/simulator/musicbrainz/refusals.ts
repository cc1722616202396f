/** How MusicBrainz says no: 503 where others say 429, and never why a stranger is turned away. */
import { json, type Answer, type Refusal } from "../service.ts";

const HELP = "For usage, please see: https://musicbrainz.org/development/mmd";

export const error = (status: number, text: string, headers: Record<string, string> = {}) =>
  json(status, { error: text, help: HELP }, headers);
const tooFast =
  "Your requests are exceeding the allowable rate limit. Please see https://wiki.musicbrainz.org/XMLWebService for more information.";
/** Seconds since 1970 by the clock of the answer's Date, which is the machine's. */
const nextSecond = () => String(Math.floor(Date.now() / 1000) + 1);
const shed = "The MusicBrainz web server is currently busy. Please try again later.";

export function refuse(kind: Refusal): Answer {
  switch (kind) {
    case "429-spike":
      return error(503, tooFast, {
        "retry-after": "1",
        "x-ratelimit-limit": "1",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": nextSecond(),
        "x-ratelimit-zone": "ws ip",
      });
    case "429-quota":
    case "503":
      return error(503, shed, {
        "retry-after": "0",
        "x-ratelimit-limit": "1200",
        "x-ratelimit-remaining": "676",
        "x-ratelimit-zone": "search-global",
        "x-ratelimit-who": "search-shed",
      });
    case "not-found":
      return error(404, "Not Found");
    case "500":
      return error(500, "Internal server error");
    default:
      return {
        status: 403,
        headers: { "content-type": "text/html" },
        body: "<html><body>Forbidden</body></html>",
      };
  }
}

/** What a resource can be asked to include; anything else is refused by name. */
export const includes: Record<string, string[]> = {
  artist: ["aliases", "url-rels", "release-groups"],
  url: ["artist-rels"],
  "release-group": ["artist-credits"],
  release: ["recordings", "artist-credits", "isrcs", "release-groups"],
  recording: ["artist-credits", "isrcs"],
};
export const MBID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
