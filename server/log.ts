/**
 * One logger a process. JSON lines outside a terminal. What is secret leaves no line: fields by their names, texts by what
 * they look like (a key in an address, a bearer, a password in a database's address), and this process's own secrets
 * wherever they turn up – an error's message may quote anything. What is kept of errors elsewhere goes the same way.
 */
import pino, { type DestinationStream, type Logger } from "pino";

export type { Logger };

const names = ["authorization", "cookie", "password", "apikey", "token", "secret"];
const redacted = [
  ...names,
  ...names.map((name) => `*.${name}`),
  ...["authorization", "cookie", '["set-cookie"]', '["x-api-key"]'].map((header) =>
    header.startsWith("[") ? `*.headers${header}` : `*.headers.${header}`,
  ),
  // A violated constraint names the values that were there: somebody's address.
  "err.detail",
  "err.where",
  "err.cause.detail",
];
const CENSOR = "[redacted]";

/** What is left of each is the part before the secret. */
const looks: RegExp[] = [
  /([?&](?:api_?key|key|token|access_token|client_secret|secret|password)=)[^&\s"'\\]+/gi,
  // With a digit or long: "basic understanding" stays.
  /(\b(?:bearer|basic) )(?=\S*[\d=]|\S{24})[\w.~+/=-]{8,}/gi,
  /(\b[a-z]+:\/\/[^/\s:@"]*:)[^/\s@"]+(?=@)/gi,
  // our session cookie: token and signature
  /(\btheset=)[\w-]{43}\.[\w-]{43}/g,
];
/** A shorter one would be found in ordinary words. */
const SECRET_LENGTH = 8;

/** @param name which process speaks: web, worker, start, simulator */
export function createLog(
  name: string,
  options: {
    level: string;
    format?: "pretty" | "json" | undefined;
    /** values that no line may hold */
    secrets?: string[];
    /** instead of the standard output */
    destination?: DestinationStream;
  },
): Logger {
  const format = options.format ?? (process.stdout.isTTY ? "pretty" : "json");
  const redact = createRedact(options.secrets);
  const settings = {
    name,
    level: options.level,
    redact: { paths: redacted, censor: CENSOR },
    base: { pid: process.pid },
    hooks: { streamWrite: redact },
  };
  if (options.destination) return pino(settings, options.destination);
  return pino({
    ...settings,
    ...(format === "pretty"
      ? {
          transport: {
            target: "pino-pretty",
            options: { colorize: !process.env.NO_COLOR, ignore: "pid,hostname" },
          },
        }
      : {}),
  });
}

/**
 * Takes secrets out of a text, or of a line of JSON, which stays one.
 * @param secrets of this process, besides what looks like one
 */
export function createRedact(secrets: string[] = []): (text: string) => string {
  const known = secrets
    .filter((secret) => secret.length >= SECRET_LENGTH)
    // As it is, and as it stands in a line of JSON or in an address.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  const each = [...new Set(known)];
  return (text) => {
    let clean = text;
    for (const secret of each) clean = clean.replaceAll(secret, CENSOR);
    for (const look of looks) clean = clean.replace(look, `$1${CENSOR}`);
    return clean;
  };
}
