import { WhereYouAre } from "../../components/where-you-are";
import type { Votes } from "../../use-votes";
import { Gap, type Left, YourBallot } from "./ballot";
import type { ShowPage } from "./page.server";

type Props = { list: NonNullable<ShowPage["list"]>; votes: Votes; left: Left; timezone: string | null };

/** Beside the list: one's ballot with its rules, and where the two ballots part. */
export function ListRail({ list, votes, left, timezone }: Props) {
  const { sheet, voting, who } = list;
  const closes = (
    <>
      {voting.sentence}
      {voting.closesAt && <WhereYouAre at={voting.closesAt} timezone={timezone} />}
      {`${voting.why} ${voting.rest}`.trimEnd()}
    </>
  );
  return (
    <>
      {list.counted && <YourBallot left={left} who={who} open={voting.open} closes={closes} />}
      <Gap rows={sheet.parts.flatMap((part) => part.rows)} wishesOf={(id) => votes.of(id).wishes} />
    </>
  );
}
