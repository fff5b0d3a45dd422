// htmx and our few rules for it: the token on every write, focus on what went wrong, words when a request fails.
import htmx from "htmx.org/dist/htmx.esm.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!/GET|HEAD/.test(ctx.request.method)) ctx.request.headers["X-CSRFToken"] = meta("csrf");
});

// A whole error page must not land inside a small target: say it in words instead. 422 is a form's own answer.
document.addEventListener("htmx:before:response", (event) => {
  const { status } = event.detail.ctx.response;
  if (status < 400 || status === 422) return;
  event.preventDefault();
  if (status === 401 || status === 419) location.reload();
  else say(meta(status >= 500 ? "say-failed" : "say-refused"));
});

document.addEventListener("htmx:error", ({ detail }) => {
  const { ctx } = detail;
  if (ctx && !ctx.response && ctx.sourceElement?.isConnected !== false) say(meta("say-offline"));
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const target = typeof ctx.target === "string" ? document.querySelector(ctx.target) : ctx.target;
  const fresh = target?.isConnected ? target : document.getElementById(target?.id ?? "");
  if (!fresh) return;
  if (ctx.response?.status === 422) fresh.querySelector('.errors, [aria-invalid="true"]')?.focus();
  // What had the focus is gone: the piece itself says what follows it.
  if (document.activeElement === document.body) fresh.querySelector("[data-follows]")?.focus();
  const words = fresh.querySelector("[data-announce]")?.dataset.announce;
  if (words) announce(words);
});

/** Reads `words` to people who use a screen reader, without moving anything. */
export function announce(words) {
  const region = document.getElementById("announcer");
  if (region) region.textContent = words;
}

/** Shows `words` as a toast that stays until it is closed. */
export function say(words) {
  const mould = document.getElementById("toast-mould");
  const shown = [...document.querySelectorAll("#toasts p")].some((note) => note.textContent === words);
  if (!mould || !words || shown) return;
  const toast = mould.content.cloneNode(true);
  toast.querySelector("p").textContent = words;
  document.getElementById("toasts").append(toast);
}

export default htmx;
