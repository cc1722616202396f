import { Form } from "@remix-run/react";
import { Field, FormRefusal, type Refused } from "../../components/field";
import type { AccountPage } from "./page.server";
import { ofForm } from "./refusal-of";

type Props = { me: AccountPage["me"]; refused?: Refused };

export function Settings(props: Props) {
  return (
    <>
      <Name {...props} />
      <Password {...props} />
    </>
  );
}

function Name({ me, refused: all }: Props) {
  const refused = ofForm("rename", all);
  return (
    <section aria-labelledby="name">
      <h2 id="name">Name</h2>
      <Form method="post" noValidate className="grid gap-3" key={me.name}>
        <FormRefusal refused={refused} />
        <Field
          label="What others may see of you"
          name="name"
          autoComplete="nickname"
          defaultValue={refused?.typed.name ?? me.name ?? ""}
          refused={refused}
        />
        <p>
          <button name="act" value="rename" className="btn btn-small">
            Change the name
          </button>
        </p>
      </Form>
    </section>
  );
}

function Password({ me, refused: all }: Props) {
  const refused = ofForm("password", all);
  return (
    <section aria-labelledby="password">
      <h2 id="password">Password</h2>
      <Form method="post" noValidate className="grid gap-3">
        <FormRefusal refused={refused} />
        {/* For password managers: whose it is. */}
        <input type="email" name="email" autoComplete="username" defaultValue={me.email} hidden readOnly />
        <Field
          label="Present password"
          name="password"
          type="password"
          autoComplete="current-password"
          refused={refused}
        />
        <Field
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters, of any kind; 15 or more are better. All other browsers are signed out."
          refused={refused}
        />
        <p>
          <button name="act" value="password" className="btn btn-small">
            Change the password
          </button>
        </p>
      </Form>
    </section>
  );
}
