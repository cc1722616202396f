/** Spotify's token server: client credentials against a token of an hour. */
import { json, type Service } from "../service.ts";
import { base62 } from "../world/random.ts";

const HOUR = 3600;

/** @param key client id and secret, the same word for both */
export function spotifyAccounts(key: string): { service: Service; takes(bearer: string): boolean } {
  /** When each ends: every process of a product has its own, and all are good at once. */
  const issued = new Map<string, number>();
  const good = `Basic ${Buffer.from(`${key}:${key}`).toString("base64")}`;
  return {
    takes: (bearer) => (issued.get(bearer) ?? 0) > performance.now(),
    service: {
      base: "/spotify-accounts",
      posts: true,
      keyless: ({ path }) => path,
      refuse: (kind) =>
        json(kind === "not-found" ? 404 : kind.startsWith("429") ? 429 : Number(kind), {
          error: "server_error",
        }),
      answer({ path, header, body }) {
        if (path !== "/api/token") return json(404, { error: "not_found" });
        if (header("authorization") !== good) {
          return json(400, { error: "invalid_client", error_description: "Invalid client secret" });
        }
        if (new URLSearchParams(body).get("grant_type") !== "client_credentials") {
          return json(400, {
            error: "unsupported_grant_type",
            error_description: "grant_type parameter is missing",
          });
        }
        const token = base62(`token/${issued.size + 1}`, 60);
        issued.set(token, performance.now() + HOUR * 1000);
        return json(200, { access_token: token, token_type: "Bearer", expires_in: HOUR });
      },
    },
  };
}
