/** One logger a process. JSON lines outside a terminal; secrets redacted by path, URLs of upstreams without their query. */
import pino, { type Logger } from "pino";

export type { Logger };

const redacted = [
  "*.authorization",
  "*.cookie",
  "*.password",
  "*.apikey",
  "*.token",
  'req.headers["x-api-key"]',
  "req.headers.authorization",
  "req.headers.cookie",
  'res.headers["set-cookie"]',
];

/** @param name which process speaks: web, worker, start, simulator */
export function createLog(
  name: string,
  options: { level: string; format?: "pretty" | "json" | undefined },
): Logger {
  const format = options.format ?? (process.stdout.isTTY ? "pretty" : "json");
  return pino({
    name,
    level: options.level,
    redact: { paths: redacted, censor: "[redacted]" },
    base: { pid: process.pid },
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
