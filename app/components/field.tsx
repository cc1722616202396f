import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef } from "react";

/** What became of a form that was not accepted. */
export type Refused = {
  /** a sentence for people */
  message: string;
  /** the name of the field it is about; without one it is about the whole */
  field?: string;
  /** what was typed into the fields that may be shown again, by name */
  typed: Record<string, string>;
};

type Props = {
  label: string;
  name: string;
  hint?: ReactNode;
  refused?: Refused;
} & InputHTMLAttributes<HTMLInputElement>;

/** A labelled field with what is wrong with it beside it. Whoever sends a form by script is taken to that field. */
export function Field({ label, name, hint, refused, ...input }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const wrong = refused?.field === name;
  useEffect(() => {
    if (wrong) field.current?.focus();
  }, [refused, wrong]);
  const described = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ");
  return (
    <div>
      <label htmlFor={id} className="text-sm font-[650]">
        {label}
      </label>
      <input
        id={id}
        ref={field}
        name={name}
        required
        defaultValue={refused?.typed[name]}
        aria-invalid={wrong || undefined}
        aria-describedby={described || undefined}
        className="field mt-0.5"
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-small text-ink-2">
          {hint}
        </p>
      )}
      {wrong && (
        <p id={`${id}-wrong`} className="note note-bad mt-2">
          {refused.message}
        </p>
      )}
    </div>
  );
}

/** Why a form as a whole was refused, above its fields. */
export function FormRefusal({ refused }: { refused?: Refused }) {
  if (!refused || refused.field) return null;
  return (
    <p role="alert" className="note note-bad">
      {refused.message}
    </p>
  );
}
