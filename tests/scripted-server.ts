/** A small HTTP server for tests of one client: answers as told, and remembers who asked what and when. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Asked = { path: string; query: URLSearchParams; headers: IncomingHttpHeaders; at: number };
export type Answerer = (asked: Asked, response: ServerResponse, request: IncomingMessage) => unknown;

export type ScriptedServer = {
  url: string;
  asked: Asked[];
  /** from the next request on */
  answer(by: Answerer): void;
  close(): Promise<void>;
};

export async function startScriptedServer(first: Answerer = json({})): Promise<ScriptedServer> {
  let by = first;
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const entry = {
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      at: performance.now(),
    };
    asked.push(entry);
    void by(entry, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer(next) {
      by = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answerer {
  return (_asked, response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

/** One answer after the other, the last one for ever. */
export function inTurn(...answers: Answerer[]): Answerer {
  let at = 0;
  return (asked, response, request) => answers[Math.min(at++, answers.length - 1)]!(asked, response, request);
}
