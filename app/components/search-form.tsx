import { Form, useNavigation } from "@remix-run/react";
import { Search } from "./icons";
import { SearchField } from "./search-field";

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
  const navigation = useNavigation();
  const busy =
    navigation.state === "loading" && navigation.location.pathname === "/search" && !navigation.formMethod;
  const height = wide ? "h-14 text-[17px]" : "h-[46px]";
  return (
    <Form
      method="get"
      action="/search"
      role="search"
      aria-label={inHeader ? "Site" : "Artists, venues and cities"}
      className={
        inHeader ? "relative hidden tablet:flex tablet:flex-[0_1_340px]" : "relative flex max-w-[620px]"
      }
    >
      <SearchField key={q} q={q} className={`field rounded-r-none border-r-0 ${height}`} />
      <button className={`btn btn-main flex-none rounded-l-none ${height}`} aria-busy={busy || undefined}>
        {inHeader ? <Search size={20} aria-hidden="true" /> : busy ? "Looking" : "Find"}
        {inHeader && <span className="sr-only">Find</span>}
      </button>
    </Form>
  );
}
