import type { LoaderFunctionArgs } from "@remix-run/node";
import { methodNotAllowed, submit } from "../call.server";
import { calendarAnswer, calendarOf, noCalendar } from "../calendar.server";

/** Coming shows of all that one fan follows. The key in the address is its only lock: calendars send no cookie. */
export async function loader({ params: { key = "" }, request, context }: LoaderFunctionArgs) {
  const found = await submit(context.trpc.calendar.follows({ key }));
  if (!found.ok) return noCalendar();
  return calendarAnswer(request, calendarOf("My shows at TheSet", found.data.shows, context.origin), {
    shared: false,
  });
}

export const action = () => methodNotAllowed("GET");
