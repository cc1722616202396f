/** A form of one button. */
import { Form } from "@remix-run/react";
import type { ReactNode } from "react";

/** @param props.name what a screen reader says where the words on the button do not name their subject */
export function Press({
  act,
  fields = {},
  name,
  children,
}: {
  act: string;
  fields?: Record<string, string>;
  name?: string;
  children: ReactNode;
}) {
  return (
    <Form method="post" className="inline">
      <input type="hidden" name="act" value={act} />
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <button className="btn" aria-label={name}>
        {children}
      </button>
    </Form>
  );
}
