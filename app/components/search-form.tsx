import { Form, useNavigation } from "@remix-run/react";
import { useId } from "react";
import { Search } from "./icons";

/** The one search of every page. In the header the button is an icon, on a page it says what it does. */
export function SearchForm({
  q,
  inHeader = false,
  wide = false,
}: {
  q?: string;
  inHeader?: boolean;
  wide?: boolean;
}) {
  const id = useId();
  const navigation = useNavigation();
  const busy =
    navigation.state === "loading" && navigation.location.pathname === "/search" && !navigation.formMethod;
  const height = wide ? "h-14 text-[17px]" : "h-[46px]";
  return (
    <Form
      method="get"
      action="/search"
      role="search"
      aria-label={inHeader ? "Site" : "Artists"}
      className={inHeader ? "hidden tablet:flex tablet:flex-[0_1_340px]" : "flex max-w-[620px]"}
    >
      <label htmlFor={id} className="sr-only">
        Find an artist
      </label>
      <input
        id={id}
        type="search"
        name="q"
        key={q}
        defaultValue={q}
        placeholder="Artist"
        autoComplete="off"
        maxLength={200}
        className={`field rounded-r-none border-r-0 ${height}`}
      />
      <button className={`btn btn-main flex-none rounded-l-none ${height}`} aria-busy={busy || undefined}>
        {inHeader ? <Search size={20} aria-hidden="true" /> : busy ? "Looking" : "Find"}
        {inHeader && <span className="sr-only">Find</span>}
      </button>
    </Form>
  );
}
