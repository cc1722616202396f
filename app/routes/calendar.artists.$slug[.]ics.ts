import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { methodNotAllowed, submit } from "../call.server";
import { calendarAnswer, calendarOf, noCalendar } from "../calendar.server";

/** An artist's coming shows, to subscribe to. */
export async function loader({ params: { slug = "" }, request, context }: LoaderFunctionArgs) {
  const found = await submit(context.trpc.calendar.artist({ slug }));
  if (!found.ok) return noCalendar();
  const { artist, shows } = found.data;
  if (artist.slug !== slug) return redirect(`/calendar/artists/${artist.slug}.ics`, 301);
  const name = `${artist.name ?? "An artist"} at TheSet`;
  return calendarAnswer(request, calendarOf(name, shows, context.origin), { shared: true });
}

export const action = () => methodNotAllowed("GET");
