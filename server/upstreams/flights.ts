/** One request for everybody who asks the same thing at the same moment. */

type Flight = { promise: Promise<unknown>; waiting: number; controller: AbortController };
export type Flights = Map<string, Flight>;

/**
 * Joins the flight under way or starts one. A caller who leaves (`signal`) takes nobody along: only when the last one
 * has gone is the flight itself aborted.
 */
export function shareFlight<T>(
  flights: Flights,
  key: string,
  signal: AbortSignal | undefined,
  start: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const flight = flights.get(key) ?? takeOff(flights, key, start);
  flight.waiting += 1;
  return new Promise<T>((resolve, reject) => {
    const leave = () => {
      reject(signal?.reason);
      flight.waiting -= 1;
      if (flight.waiting > 0) return;
      if (flights.get(key) === flight) flights.delete(key);
      flight.controller.abort(signal?.reason);
    };
    if (signal?.aborted) return leave();
    signal?.addEventListener("abort", leave, { once: true });
    const land = (done: () => void) => {
      signal?.removeEventListener("abort", leave);
      done();
    };
    flight.promise.then(
      (value) => land(() => resolve(value as T)),
      (error: unknown) => land(() => reject(error)),
    );
  });
}

function takeOff<T>(flights: Flights, key: string, start: (signal: AbortSignal) => Promise<T>): Flight {
  const controller = new AbortController();
  const promise = start(controller.signal).finally(() => {
    if (flights.get(key) === flight) flights.delete(key);
  });
  // Everybody may have left before it fails.
  promise.catch(() => undefined);
  const flight: Flight = { promise, waiting: 0, controller };
  flights.set(key, flight);
  return flight;
}
