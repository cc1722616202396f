/** Asks before it destroys. Works without script: `details` holds the sentence and the button that does it. */
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

/**
 * @param props.act the form's `act`
 * @param props.question what will happen, with how many it happens to, and whether it can be undone
 * @param props.fields hidden fields, by name
 */
export function Ask({
  summary,
  question,
  act,
  button,
  fields = {},
  children,
}: {
  summary: ReactNode;
  question: ReactNode;
  act: string;
  button: string;
  fields?: Record<string, string>;
  children?: ReactNode;
}) {
  return (
    <details className="ask">
      <summary className="btn">{summary}</summary>
      <Form method="post" className="note note-bad grid gap-2">
        <input type="hidden" name="act" value={act} />
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p>{question}</p>
        {children}
        <p>
          <button className="btn">{button}</button>
        </p>
      </Form>
    </details>
  );
}
