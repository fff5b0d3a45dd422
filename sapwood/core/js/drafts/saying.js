// How things stand with the words, in the form's own small line; the page brings every sentence in its language.
import { announce } from "../htmx.js";

/** Says `host.dataset[state]`, or nothing; signed out, with the way back in to `page`. */
export function say(host, place, state, { at = "", aloud = false, page = location.pathname + location.search } = {}) {
  const words = (host.dataset[state] ?? "").replace("{at}", at);
  if (aloud && place?.dataset.state !== state) announce(words);
  if (!place) return;
  place.dataset.state = state;
  place.textContent = words;
  if (state === "out") place.append(" ", signIn(host, page));
}

function signIn(host, page) {
  const link = document.createElement("a");
  link.href = `${host.getAttribute("sign-in")}?next=${encodeURIComponent(page)}`;
  link.textContent = host.dataset.again;
  return link;
}
