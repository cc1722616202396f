/** Requests as bytes on a socket of their own: a client with manners would refuse to send most of them. */
import { connect } from "node:net";

export type BadRequest = {
  method: string;
  /** what goes over the wire, in latin1 */
  text: string;
  /** no whole request of HTTP: a closed connection answers it as well */
  damaged: boolean;
};
export type Answer = { status?: number; text: string; how: "answered" | "closed" | "silent" };

/** Longer than anything of ours may take, and shorter than Node's own patience with half a request. */
const SILENCE_MS = 20_000;

export type Parts = {
  method: string;
  address: string;
  host: string;
  headers: [string, string][];
  body: [type: string, text: string];
  framing: string;
};

export function written({
  method,
  address,
  host,
  headers,
  body: [type, content],
  framing,
}: Parts): BadRequest {
  const body = method === "GET" && framing === "whole" ? "" : Buffer.from(content).toString("latin1");
  const length = body.length + (framing === "longer" ? 50 : framing === "shorter" ? -1 : 0);
  const chunked = framing === "chunked" || framing === "broken chunk";
  const lines = [
    // A blank would end the address, and a line's end the line.
    `${method} ${Buffer.from(address.replace(/[\s\0]/g, "")).toString("latin1")} HTTP/1.1`,
    `Host: ${Buffer.from(host).toString("latin1")}`,
    "Connection: close",
    ...headers.map(
      ([name, text]) => `${name}: ${Buffer.from(text.replace(/[\0-\x1f\x7f]/g, "")).toString("latin1")}`,
    ),
    ...(type && body ? [`Content-Type: ${type}`] : []),
    ...(chunked ? ["Transfer-Encoding: chunked"] : body ? [`Content-Length: ${Math.max(0, length)}`] : []),
  ];
  const head = `${lines.join("\r\n")}\r\n\r\n`;
  const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
  const damaged = ["longer", "broken chunk", "no end", "not HTTP"].includes(framing) || method === "CONNECT";
  if (framing === "not HTTP") return { method, damaged, text: `${content}\r\n\r\n` };
  if (framing === "no end") return { method, damaged, text: head.slice(0, -3) };
  if (framing === "broken chunk") return { method, damaged, text: `${head}zz\r\n${body}` };
  return { method, damaged, text: head + (framing === "chunked" ? chunks : body) };
}

/** Sends it on a connection of its own. Of a stream its head is the answer. */
export function send(site: string, { text, damaged }: BadRequest): Promise<Answer> {
  const { hostname, port } = new URL(site);
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(Number(port), hostname, () => {
      // Half a request says that no more will come, or Node waits for it; a whole one is not said to be over.
      if (damaged) socket.end(text, "latin1");
      else socket.write(text, "latin1");
    });
    const end = (how: "ended" | "silent") => {
      clearTimeout(timer);
      socket.destroy();
      const [, status] = /^(?:HTTP\/1\.1 1\d\d[^]*?\r\n\r\n)*HTTP\/1\.1 (\d{3}) /.exec(heard) ?? [];
      if (status === undefined) return resolve({ text: heard, how: how === "silent" ? "silent" : "closed" });
      resolve({ status: Number(status), text: heard, how: how === "silent" ? "silent" : "answered" });
    };
    const timer = setTimeout(() => end("silent"), SILENCE_MS);
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      heard += chunk;
      if (/^content-type: text\/event-stream/im.test(heard) && heard.includes("\r\n\r\n")) end("ended");
    });
    socket.on("error", () => end("ended"));
    socket.on("close", () => end("ended"));
  });
}
