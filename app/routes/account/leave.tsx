import { Form } from "@remix-run/react";
import { ChevronRight } from "../../components/icons";
import { Field, FormRefusal, type Refused } from "../../components/field";
import { ofForm } from "./refusal-of";

type Props = { guest: boolean; refused?: Refused };

/** What is kept, to take along; and leaving. */
export function Leave({ guest, refused: all }: Props) {
  const refused = ofForm("delete", all);
  return (
    <section aria-labelledby="data">
      <h2 id="data">What is kept about you</h2>
      <p className="pb-2 text-sm text-ink-2">Everything, as one file that programs can read.</p>
      <p>
        <a href="/account/export" download className="btn btn-small">
          Download it as JSON
        </a>
      </p>
      <details className="mt-3" open={refused !== undefined || undefined}>
        <summary className="inline-flex min-h-11 items-center gap-1.5 text-[15px] underline underline-offset-[3px]">
          <ChevronRight size={16} aria-hidden="true" className="turn" />
          {guest ? "Delete my picks" : "Delete my account"}
        </summary>
        <Form method="post" noValidate className="grid gap-3 pt-1">
          <FormRefusal refused={refused} />
          <p className="note note-warn">
            {guest ? "Whom you follow" : "Your name, e-mail address, password, sign-ins, whom you follow"} and
            your votes on shows still to come are deleted at once, and cannot be brought back. Votes on shows
            that have begun and songs you suggested stay in the lists, without a name.
          </p>
          {!guest && (
            <Field
              label="Your password"
              name="password"
              type="password"
              autoComplete="current-password"
              refused={refused}
            />
          )}
          <p>
            <button name="act" value="delete" className="btn btn-small">
              {guest ? "Delete my picks for good" : "Delete my account for good"}
            </button>
          </p>
        </Form>
      </details>
    </section>
  );
}
