import { refusal } from "../call.server";

export const loader = () => refusal(404, { code: "NOT_FOUND", message: "There is nothing at this address." });
export const action = loader;
