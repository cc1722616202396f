/**
 * One reader of a stream that many share. Bytes go to its socket as a chunk of HTTP's chunked encoding that was made once
 * for all: `res.write` makes its own each time, in four pieces, which costs more than all the rest of a reader's frame.
 */
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { DROP_BYTES, opening, PING, PING_MS } from "./stream.ts";

/** Bytes of a stream, and the same as a chunk. */
export type Frame = { bytes: Buffer; chunk: Buffer };

export type Reader = {
  /** Writes, unless something is unread still. @returns whether it did; one too far behind is dropped */
  write(frame: Frame): boolean;
  end(): void;
};

export function frameOf(bytes: Buffer): Frame {
  const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
  return { bytes, chunk: Buffer.concat([size, bytes, Buffer.from("\r\n")]) };
}

const ping = frameOf(PING);

/**
 * Begins a stream on a response whose headers are written.
 * @param onClose the response has closed, whoever closed it
 */
export function createReader(res: ServerResponse, newest: Frame | undefined, onClose: () => void): Reader {
  const head = opening();
  res.write(newest ? Buffer.concat([head, newest.bytes]) : head);
  // Not ours alone while an answer asked for before is on its way; and HTTP/1.0 knows no chunks.
  const socket: Socket | null = res.chunkedEncoding ? res.socket : null;
  let stuck = false;

  const reader: Reader = {
    write({ bytes, chunk }) {
      const unread = socket ? socket.writableLength : res.writableLength;
      if (unread > 0) {
        if (unread > DROP_BYTES) res.destroy();
        return false;
      }
      if (socket) socket.write(chunk);
      else res.write(bytes);
      return true;
    },
    end() {
      clearInterval(pings);
      res.end();
    },
  };
  const pings = setInterval(() => {
    if (reader.write(ping)) stuck = false;
    // It took nothing between two pings: a phone in a tunnel, or somebody who never reads.
    else if (stuck) res.destroy();
    else stuck = true;
  }, PING_MS);
  res.once("close", () => {
    clearInterval(pings);
    onClose();
  });
  return reader;
}
