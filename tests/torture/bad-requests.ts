/**
 * Requests that nobody sends by mistake only: every address and procedure there is, with methods, parameters, headers and
 * bodies made up by chance.
 */
import { readdirSync } from "node:fs";
import fc from "fast-check";
import { appRouter } from "#server/routers/_app";
import { type BadRequest, written } from "./raw-http.ts";

/** What the site knows, so that not every request ends at "there is no such thing". */
export type Known = { ids: string[]; slugs: string[]; cookies: string[]; host: string };

/** Addresses by the names of the files, a parameter as `:name`. */
function routes(): string[] {
  const files = readdirSync("app/routes").filter((file) => !file.includes(".test."));
  return files.map((file) => {
    const name = file
      .replace(/\.tsx?$/, "")
      .replace(/\[(.+?)\]/g, (_, kept: string) => kept.replace(".", "\0"));
    const parts = name.split(".").filter((part) => part !== "_index");
    return `/${parts.map((part) => part.replace(/_$/, "").replace(/\$(\w*)/, ":$1")).join("/")}`.replaceAll(
      "\0",
      ".",
    );
  });
}
const others = [
  "/healthz",
  "/readyz",
  "/metrics",
  "/api/shows/:id/stream",
  "/build/:file",
  "/favicon.ico",
  "/",
];
const procedures = Object.keys(appRouter._def.procedures);
const fields =
  "q slug cursor when view order range state name email password newPassword artistId showId songId intoSongId importId jobId jobIds fanId setlistSongId ballot tmAttractionId queue reason step source sourceId seen titleKey lines batchId cron enabled role path limit key from to redirectTo before page intent".split(
    " ",
  );

/** Half a surrogate pair has no form in an address. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());
const nasty = fc.constantFrom(
  ..."%|%zz|%00|%ED%A0%80|..%2f..%2fetc%2fpasswd|%2e%2e/%2e%2e/|__proto__|constructor|toString|-1|0|1e999|NaN|null|undefined|'%20or%201=1--|<script>alert(1)</script>|%F0%9F%8E%AA|%0d%0aX-Bad:%20yes|${7*7}|[object%20Object]|9999-99-99|true".split(
    "|",
  ),
  "a".repeat(3_000),
);
const FORM = "application/x-www-form-urlencoded";
const printable = fc.string({ maxLength: 30 }).map((text) => encoded(text));
const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 200 }), nasty);

/** @param known what is really there, mixed in */
export function badRequests(known: Known): fc.Arbitrary<BadRequest> {
  const real = fc.constantFrom(...known.ids, ...known.slugs);
  const parameter = fc.oneof(real, nasty, printable, fc.uuid());
  const leaf = fc.oneof(real, anyText, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.uuid());
  const value = fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 1, arbitrary: fc.array(leaf, { maxLength: 12 }) },
  );
  const object = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 6 });
  const meta = fc.oneof(
    fc.constantFrom(
      { values: { q: ["Date"] } },
      { values: { "__proto__.polluted": ["undefined"] } },
      { values: { q: [["custom", "nobody"]] } },
      { values: { q: ["regexp"], slug: ["bigint"], cursor: ["map"], name: ["set"], path: ["URL"] } },
      { referentialEqualities: { q: ["constructor.prototype"] } },
      { v: 9, values: [["Error"]] },
    ),
    fc.jsonValue(),
  );
  const json = fc.oneof(
    object.map((json) => ({ json })),
    fc.record({ json: object, meta }),
    fc.jsonValue().map((json) => ({ json })),
    fc.jsonValue(),
    fc.constant(JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`) as unknown),
  );
  const jsonText = fc.oneof(
    { weight: 5, arbitrary: json.map((made) => JSON.stringify(made)) },
    { weight: 1, arbitrary: json.map((made) => JSON.stringify(made).slice(0, -1)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("", "{", "null", "\0", '{"json":1e999}', '{"json":{"q":"\\ud800"}}'),
    },
  );
  const query = fc.oneof(
    fc.constant(""),
    fc
      .array(fc.tuple(fc.constantFrom(...fields, "input", "batch", "_data", "index"), parameter), {
        maxLength: 4,
      })
      .map((pairs) => `?${pairs.map(([name, text]) => `${name}=${text}`).join("&")}`),
    jsonText.map((text) => `?input=${encoded(text)}`),
    printable.map((text) => `?${text}`),
  );
  const asked = fc
    .tuple(
      fc.array(fc.constantFrom(...procedures, "no.such", "artist", ""), { minLength: 1, maxLength: 3 }),
      jsonText,
    )
    .map(([names, text]) => {
      const input = encoded(text);
      return `/api/trpc/${names.join(",")}?${names.length > 1 ? "batch=1&" : ""}input=${input}`;
    });
  const addressed = fc
    .tuple(
      fc.constantFrom(...routes(), ...others),
      fc.array(parameter, { minLength: 3, maxLength: 3 }),
      query,
    )
    .map(([route, [one = "", two = "", three = ""], rest]) => {
      const given = [one, two, three];
      return route.replace(/:\w*/g, () => given.shift() ?? "") + rest;
    });
  const address = fc.oneof(
    { weight: 6, arbitrary: addressed },
    { weight: 5, arbitrary: asked },
    { weight: 1, arbitrary: parameter.map((text) => `/${text}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("*", "//", "/../../etc/passwd", "http://elsewhere.example/", "/\\", ""),
    },
  );
  const form = object.map((made) =>
    Object.entries(made)
      .map(([name, given]) => `${name}=${encoded(String(given))}`)
      .join("&"),
  );
  const oddType = fc.constantFrom(
    ..."|text/plain|multipart/form-data|multipart/form-data; boundary=x|a/b; charset=nope".split("|"),
  );
  const oddBody = fc.oneof(
    form,
    jsonText,
    fc.constant("--x\r\nContent-Disposition: form-data\r\n\r\n"),
    anyText,
  );
  const tooLarge = fc.constant(`{"json":{"q":"${"a".repeat(120_000)}"}}`);
  const odd = fc.oneof(
    { weight: 2, arbitrary: fc.tuple(oddType, oddBody) },
    { weight: 1, arbitrary: fc.tuple(fc.constant("application/json"), fc.oneof(tooLarge, form)) },
    { weight: 1, arbitrary: fc.tuple(fc.constant(FORM), jsonText) },
  );
  const ours = fc.constant(`http://${known.host}`);
  const origin = fc.oneof(
    { weight: 5, arbitrary: ours },
    fc.constantFrom("null", "http://elsewhere.example", ":"),
  );
  const header = fc.oneof(
    fc.tuple(
      fc.constant("Cookie"),
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...known.cookies) },
        fc.constantFrom("theset=", "theset=a.b", "theme=%", "spoilers=%zz; =; ;;"),
        anyText,
      ),
    ),
    fc.tuple(fc.constant("Origin"), origin),
    fc.tuple(fc.constant("Authorization"), fc.constantFrom("Bearer", "Bearer x", "Basic Og==", "Bearer é")),
    fc.tuple(
      fc.constantFrom(
        ..."X-Forwarded-Host|X-Forwarded-For|X-Forwarded-Proto|Last-Event-ID|Range|If-None-Match|If-Modified-Since|Accept|Accept-Encoding|Accept-Language|Content-Encoding|Upgrade|Sec-Fetch-Site|Referer|User-Agent|X-HTTP-Method-Override|trpc-accept|X-Remix-Response".split(
          "|",
        ),
      ),
      fc.oneof(
        fc.constantFrom(
          "gzip",
          "bytes=0-0,5-",
          "100-continue",
          "websocket",
          "-1",
          "application/jsonl",
          "cross-site",
          "::1, unknown",
        ),
        anyText,
      ),
    ),
  );
  const method = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("GET", "POST") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "HEAD",
        "PUT",
        "DELETE",
        "PATCH",
        "OPTIONS",
        "TRACE",
        "PROPFIND",
        "CONNECT",
        "BREW",
        "get",
      ),
    },
  );
  const host = fc.oneof(
    { weight: 12, arbitrary: fc.constant(known.host) },
    { weight: 1, arbitrary: fc.constantFrom("", "a b", "[::", "x:99999", "é", "elsewhere.example") },
  );
  const framing = fc.oneof(
    { weight: 20, arbitrary: fc.constant("whole" as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("longer", "shorter", "chunked", "broken chunk", "no end", "not HTTP"),
    },
  );
  const parts = { method, address, host, headers: fc.array(header, { maxLength: 4 }), framing };
  return fc
    .record({
      ...parts,
      json: jsonText,
      form,
      odd: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, odd),
    })
    .map(({ json, form, odd, ...rest }) => {
      // Mostly as the address expects it: what is refused at the door finds out nothing of the rooms.
      const fitting: [string, string] = rest.address.startsWith("/api/")
        ? ["application/json", json]
        : [FORM, form];
      return written({ ...rest, body: odd ?? fitting });
    });
}
