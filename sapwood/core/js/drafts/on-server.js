// A form whose words go to the server every few seconds; until they are there, this browser keeps a copy.
import { announce } from "../htmx.js";
import { say } from "./saying.js";
import { shelf } from "./shelf.js";

const EVERY = 2_500;
const AGAIN = 15_000;
const FIELDS = 'textarea[name], input[name][type="text"], input[name]:not([type]), input[data-draft="on"]';

export class OnServer {
  #host;
  #timer;
  #busy;
  #clash = false;
  #sure = false;
  #held = true;
  #online = () => this.#save();
  #hide = () => document.visibilityState === "hidden" && this.#unsent && this.#save({ keepalive: true });

  constructor(host) {
    this.#host = host;
    this.#id.value ||= crypto.randomUUID();
    this.#host.addEventListener("input", ({ target }) => target.matches(FIELDS) && this.#typed());
    this.#host.addEventListener("keydown", (event) => this.#enter(event));
    this.#host.addEventListener("submit", (event) => this.#submit(event));
    this.#host.addEventListener("htmx:after:swap", () => this.#text.value && this.#typed());
    addEventListener("online", this.#online);
    document.addEventListener("visibilitychange", this.#hide);
    this.#part("swap")?.addEventListener("click", () => this.#swap());
    this.#part("stay")?.addEventListener("click", () => this.#stay());
    if (this.#part("clash")?.hidden === false) this.#disagree();
    this.#bringBack();
  }

  stop() {
    clearTimeout(this.#timer);
    removeEventListener("online", this.#online);
    document.removeEventListener("visibilitychange", this.#hide);
  }

  get #form() {
    return this.#host.querySelector("form") ?? this.#host.closest("form");
  }
  get #id() {
    return this.#form.elements.namedItem("id");
  }
  get #base() {
    return this.#form.elements.namedItem("base");
  }
  get #text() {
    return this.#host.querySelector("textarea[name]");
  }
  get #shelfKey() {
    return `draft:${this.#host.getAttribute("person")}:${this.#host.getAttribute("box")}:${this.#id.value}`;
  }
  get #unsent() {
    return !this.#held || shelf.read(this.#shelfKey) !== null;
  }
  get #fields() {
    const wanted = [...this.#host.querySelectorAll(FIELDS)].filter((field) => field.dataset.draft !== "off");
    return Object.fromEntries(wanted.map((field) => [field.name, field.value]));
  }
  set #fields(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.#form.elements.namedItem(name);
      if (field?.matches?.(FIELDS)) field.value = value;
    }
  }
  #part = (name) => this.#host.querySelector(`[data-draft-${name}]`);

  #typed() {
    this.#remember();
    this.#later(EVERY);
  }

  #remember() {
    this.#held = shelf.write(this.#shelfKey, { base: Number(this.#base.value), fields: this.#fields });
  }

  #later(wait) {
    this.#timer ??= setTimeout(() => this.#save(), wait);
  }

  /** Puts back what this browser kept: for this very page, or, on a clean one, what was left without being sent. */
  #bringBack() {
    const box = `draft:${this.#host.getAttribute("person")}:${this.#host.getAttribute("box")}:`;
    const clean = this.#base.value === "0" && !this.#text.value;
    const key = shelf.read(this.#shelfKey) ? this.#shelfKey : clean && shelf.keys().find((one) => one.startsWith(box));
    const copy = key && shelf.read(key);
    if (!copy) return;
    this.#id.value = key.slice(box.length);
    this.#base.value = copy.base;
    this.#fields = copy.fields;
    this.#say("back", { aloud: true });
    this.#later(0);
  }

  /** True once the server has the words as they stand now. */
  async #save({ keepalive = false } = {}) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#clash || !this.#host.isConnected) return false;
    if (this.#busy) await this.#busy;
    if (!this.#unsent) return !this.#clash;
    const sent = JSON.stringify(this.#fields);
    this.#busy = this.#send(keepalive);
    const isSaved = await this.#busy;
    this.#busy = undefined;
    if (!isSaved) return false;
    if (JSON.stringify(this.#fields) === sent) {
      shelf.remove(this.#shelfKey);
      this.#held = true;
      return true;
    }
    this.#typed();
    return false;
  }

  async #send(keepalive) {
    const body = new URLSearchParams({ ...this.#fields, id: this.#id.value, base: this.#base.value });
    body.set("slot", this.#host.getAttribute("box"));
    const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf"]').content };
    const options = { method: "POST", body, headers, keepalive, redirect: "manual" };
    const answer = await fetch(this.#host.getAttribute("url"), options).catch(() => null);
    if (!answer || answer.status >= 500) return this.#notSent("local");
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return this.#notSent("out");
    if ([400, 413].includes(answer.status)) return this.#notSent("long"); // 400: too big even to be read
    const said = await answer.json().catch(() => null);
    if (answer.status === 409 && said) return this.#disagree(said);
    if (!answer.ok || !said) return this.#notSent("local");
    this.#base.value = said.revision;
    this.#say("saved", { at: said.at });
    return true;
  }

  #notSent(state) {
    this.#say(this.#held ? state : "full", { aloud: true });
    if (state === "local") this.#later(AGAIN);
    return false;
  }

  /** Another window changed the same words: show both, and wait to be told. */
  #disagree(said) {
    this.#clash = true;
    this.#part("choice").hidden = false;
    this.#part("clash").hidden = false;
    this.#say("local");
    if (said) {
      const other = this.#part("other");
      other.value = said.fields[other.dataset.draftOther] ?? "";
      this.#base.value = said.revision;
      this.#part("clash").scrollIntoView({ block: "nearest" });
      announce(this.#part("clash").querySelector("p").textContent);
    }
    this.#remember();
    return false;
  }

  #swap() {
    const other = this.#part("other");
    [this.#text.value, other.value] = [other.value, this.#text.value];
    this.#remember();
  }

  #stay() {
    this.#clash = false;
    this.#part("clash").hidden = true;
    this.#text.focus();
    this.#remember();
    this.#save();
  }

  /** Before the form goes: the words first, so that a lost line or session costs nothing. */
  async #submit(event) {
    if (this.#sure || event.submitter?.dataset.draft === "off") return;
    event.preventDefault();
    this.#remember();
    if (!(await this.#save())) return;
    this.#remember();
    this.#sure = true;
    this.#form.requestSubmit(event.submitter);
    this.#sure = false;
  }

  #enter(event) {
    if (event.key !== "Enter" || !event.target.matches("input[name=title]") || event.isComposing) return;
    event.preventDefault();
    this.#text.focus();
  }

  #say(state, how) {
    say(this.#host, this.#part("state"), state, how);
  }
}
