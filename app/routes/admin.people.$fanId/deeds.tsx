import { Ask } from "../../components/control/ask";
import { Press } from "../../components/control/press";
import { count } from "../../formats";

type Fan = {
  name: string;
  role: "fan" | "admin";
  blocked: boolean;
  guest: boolean;
  mine: boolean;
  sessions: number;
};

/** What may be done to a fan; what may not is not offered, and refused by the procedure anyway. */
export function Deeds({ fan }: { fan: Fan }) {
  const { role, blocked, guest, mine } = fan;
  return (
    <div className="my-3 flex flex-wrap items-start gap-2">
      {mine && <p className="w-full">This is you: another administrator can change your role.</p>}
      {!mine && role === "admin" && (
        <Ask
          summary="Make them a fan"
          act="demote"
          button={`Take ${fan.name}’s role away`}
          question={`${fan.name} cannot enter the control room any more, from this moment on. Another administrator can give the role back.`}
        />
      )}
      {role === "fan" && !guest && !blocked && (
        <Ask
          summary="Make them an administrator"
          act="promote"
          button={`Make ${fan.name} an administrator`}
          question={`${fan.name} can do everything here that you can, also take your role away.`}
        />
      )}
      {role === "fan" && !mine && !blocked && (
        <Ask
          summary="Block"
          act="block"
          button={`Block ${fan.name}`}
          question={`${fan.name} may go on reading, but neither vote, suggest nor follow, from this moment on. What they did stays. It can be undone.`}
        >
          <label className="grid gap-1">
            Why, for the log (it stays there)
            <input name="reason" maxLength={300} className="field w-full max-w-[420px]" autoComplete="off" />
          </label>
        </Ask>
      )}
      {blocked && <Press act="unblock">Let them take part again</Press>}
      {fan.sessions > 0 && <EndSessions fan={fan} />}
    </div>
  );
}

function EndSessions({ fan }: { fan: Fan }) {
  const them = fan.mine ? "You are" : `${fan.name} is`;
  return (
    <Ask
      summary="Sign out everywhere"
      act="end"
      button={`End ${count(fan.sessions, "sign-in")}`}
      question={
        fan.guest
          ? `A guest has nothing but their sign-in: ${fan.name} cannot come back to the votes they cast. They stay counted.`
          : `${them} signed out of ${count(fan.sessions, "sign-in")} at once, and can sign in again with the password.`
      }
    />
  );
}
