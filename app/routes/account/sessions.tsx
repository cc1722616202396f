import { Form } from "@remix-run/react";
import { FormRefusal, type Refused } from "../../components/field";
import { dayMonth } from "../../formats";
import type { AccountPage } from "./page.server";
import { ofForm } from "./refusal-of";

type Props = { sessions: AccountPage["sessions"]; refused?: Refused };

/** Where one is signed in; this browser first says so, every other can be ended. */
export function Sessions({ sessions, refused }: Props) {
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">Signed in</h2>
      <FormRefusal refused={ofForm("end", refused)} />
      <ul role="list" className="rows">
        {sessions.map(({ id, current, browser, used, since }) => (
          <li key={id} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1 text-sm">
              <b className="text-[15px]">
                <bdi>{browser}</bdi>
              </b>
              <span className="block text-ink-2">
                {current ? "This browser" : used}, since {dayMonth(since)}
              </span>
            </span>
            {!current && (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="act" value="end" />
                <button name="sessionId" value={id} className="btn btn-small">
                  End<span className="sr-only">{`: ${browser}, ${used}`}</span>
                </button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 pt-3">
        <Form method="post" action="/logout">
          <button className="btn btn-small">Sign out</button>
        </Form>
        {sessions.length > 1 && (
          <Form method="post">
            <button name="act" value="everywhere" className="btn btn-small">
              Sign out everywhere
            </button>
          </Form>
        )}
      </div>
    </section>
  );
}
