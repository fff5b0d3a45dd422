// Sends what waits, once: the token first, then each form with its own key, so that trying again is harmless.
import { drop, put, waiting } from "./store.js";

/** { person, token } of the session as the server sees it; null without a network. */
export const session = () =>
  fetch("/session/", { cache: "no-store" })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);

/** Sends for `person`, or for whoever is signed in. Gives "sent", "none", "offline" or "out". */
export const send = (person) => navigator.locks.request("outbox", () => sendAll(person));

async function sendAll(wanted) {
  if (wanted && !(await waiting(wanted)).some(isReady)) return "none";
  const { person, token } = (await session()) ?? {};
  if (person === undefined) return "offline";
  if (!person || (wanted && wanted !== person)) return "out";
  for (const row of (await waiting(person)).filter(isReady)) {
    const problem = await sendOne(row, token);
    if (problem) return problem;
  }
  return "sent";
}

const isReady = (row) => !row.refused && !row.held;

async function sendOne(row, token) {
  const options = {
    method: "POST",
    body: new URLSearchParams(row.fields),
    headers: { "X-CSRFToken": token, Accept: "application/json" },
    redirect: "manual",
  };
  const answer = await fetch(row.url, options).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return "offline";
  if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return "out";
  if (answer.ok) return void (await drop(row.key));
  const said = await answer.json().catch(() => ({}));
  await put({ ...row, refused: said.errors?.join(" ") || String(answer.status) });
}
