import { useNavigate } from "@remix-run/react";
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { countWord } from "../formats";
import { useSay } from "../say";
import { type Option, step } from "../suggestions";
import { useHydrated } from "../use-hydrated";
import { useSuggestions } from "../use-suggestions";
import { SuggestionList } from "./suggestion-list";

const LABEL = "Find an artist, venue or city";

/**
 * The search's field. With script it offers what is here while one types (the combobox pattern: arrows walk, Enter opens,
 * Escape closes); Enter without a choice sends the form, as it does without script.
 */
export function SearchField({ q, className }: { q?: string | undefined; className: string }) {
  const id = useId();
  const list = `${id}list`;
  const hydrated = useHydrated();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(-1);
  const options = useSuggestions(typed);
  const open = typed !== undefined && options.length > 0;
  const chosen = open ? options[active] : undefined;
  useSay(open ? countWord(options.length, "suggestion") : "");

  const close = () => {
    setTyped(undefined);
    setActive(-1);
  };
  const go = ({ to }: Option) => {
    if (field.current) field.current.value = "";
    close();
    navigate(to);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Enter and arrows of somebody who composes a letter are the input method's.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) setActive(step(active, event.key, options.length));
      else setTyped(event.currentTarget.value);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      if (chosen) event.preventDefault();
      if (chosen) go(chosen);
      else close();
    }
  };
  const combobox = hydrated && {
    type: "text",
    role: "combobox",
    "aria-autocomplete": "list" as const,
    "aria-expanded": open,
    "aria-controls": open ? list : undefined,
    "aria-activedescendant": chosen && `${list}-${active}`,
    onKeyDown,
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      setTyped(event.currentTarget.value);
      setActive(-1);
    },
    onBlur: (_event: FocusEvent) => close(),
  };
  return (
    <>
      <label htmlFor={id} className="sr-only">
        {LABEL}
      </label>
      <input
        ref={field}
        id={id}
        type="search"
        enterKeyHint="search"
        name="q"
        defaultValue={q}
        placeholder="Artist, venue or city"
        autoComplete="off"
        maxLength={200}
        className={className}
        {...combobox}
      />
      {open && <SuggestionList id={list} label={LABEL} options={options} active={active} onChoose={go} />}
    </>
  );
}
