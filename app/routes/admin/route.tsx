/** The control room's frame: where one is in it. Its pages ask for themselves; this one guards nothing. */
import type { HeadersFunction, MetaFunction } from "@remix-run/node";
import { NavLink, Outlet } from "@remix-run/react";

export const headers: HeadersFunction = () => ({ "Cache-Control": "no-store" });

export const meta: MetaFunction = () => [
  { title: "Control room · TheSet" },
  { name: "robots", content: "noindex" },
];

const rooms = [
  ["/admin", "Overview"],
  ["/admin/imports", "Imports"],
  ["/admin/queues", "Queues"],
  ["/admin/schedules", "Schedules"],
  ["/admin/matches", "Matches"],
  ["/admin/people", "People"],
  ["/admin/suggestions", "Suggestions"],
  ["/admin/audit", "Log"],
] as const;

export default function ControlRoom() {
  return (
    <div className="control">
      <nav aria-label="Control room" className="control-nav">
        {rooms.map(([to, name]) => (
          <NavLink key={to} to={to} end={to === "/admin"}>
            {name}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}
