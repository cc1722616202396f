/** A reader of event streams over plain node:http, so cheap that a thousand fit into one test. */
import { type ClientRequest, type IncomingHttpHeaders, request } from "node:http";

export type StreamReader = {
  status: number;
  headers: IncomingHttpHeaders;
  /** everything read so far, events and comments */
  text(): string;
  /** resolves when it is over: `ended` in order, or `broken` */
  over: Promise<"ended" | "broken">;
  leave(): void;
};

/**
 * Resolves once the headers are there. @throws when there is no connection
 * @param options.onEvent called with name, data and text of every whole event; then `text()` keeps only what is unread
 * @param options.method GET by default
 */
export function openStream(
  url: string,
  options: { onEvent?: (event: string, data: string, block: string) => void; method?: string } = {},
): Promise<StreamReader> {
  const { onEvent } = options;
  return new Promise((resolve, reject) => {
    // No agent: each has a connection of its own, as tabs of different people have.
    const asked: ClientRequest = request(url, { agent: false, method: options.method ?? "GET" });
    asked.once("error", reject);
    asked.once("response", (response) => {
      let text = "";
      const over = new Promise<"ended" | "broken">((done) => {
        response.once("end", () => done("ended"));
        response.once("close", () => done(response.complete ? "ended" : "broken"));
        response.on("error", () => done("broken"));
        asked.on("error", () => done("broken"));
      });
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (!onEvent) return;
        const blocks = text.split("\n\n");
        text = blocks.pop() ?? "";
        for (const block of blocks) onEvent(field(block, "event"), field(block, "data"), block);
      });
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: () => text,
        over,
        leave: () => asked.destroy(),
      });
    });
    asked.end();
  });
}

function field(block: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
}
