import { json } from "@remix-run/node";

/** Every address that is none of ours: a real 404, shown by the root's boundary. */
export const loader = () => {
  throw json(null, { status: 404 });
};
export const action = loader;

export default function Nowhere() {
  return null;
}
