import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Gaff } from "./gaff";

type Props = { title: string; label: string; lead: ReactNode; other: ReactNode; children: ReactNode };

/** The frame of joining and of signing in: one sheet, and the way to the other below it. */
export function SignInSheet({ title, label, lead, other, children }: Props) {
  return (
    <div className="max-w-[560px]">
      <h1 className="shout shout-s">{title}</h1>
      <p className="lead">{lead}</p>
      <section className="sheet lift taped" aria-label={title}>
        <Gaff>{label}</Gaff>
        {children}
      </section>
      <p className="mt-5 text-[15px]">{other}</p>
    </div>
  );
}

/** The same way on from the other page. */
export function OtherWay({ to, redirectTo, children }: { to: string; redirectTo: string; children: string }) {
  return (
    <Link to={redirectTo === "/" ? to : `${to}?redirectTo=${encodeURIComponent(redirectTo)}`} className="tap">
      {children}
    </Link>
  );
}
