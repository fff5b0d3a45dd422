// A form whose words go to the server every few seconds; until they are there, this browser keeps a copy.
import { announce } from "../htmx.js";
import { say } from "./saying.js";
import { shelf } from "./shelf.js";

const EVERY = 2_500;
const AGAIN = 15_000;
const FIELDS = 'textarea[name], input[name][type="text"], input[name]:not([type]), input[data-draft="on"]';
/** Puts words into a field; it hears "refill", in case it shows them elsewhere. */
const refill = (field, words) => {
  field.value = words;
  field.dispatchEvent(new Event("refill"));
};
const bare = (text) => text.replaceAll("\r\n", "\n").normalize().trim();

export class OnServer {
  #host;
  #timer;
  #busy;
  #clash = false;
  #sure = false;
  #going = false;
  #isTold = true;
  #sent;
  #held = true;
  #online = () => this.#save();
  #kept = ({ detail }) => detail === this.#id.value && this.#afresh();
  #hide = () => document.visibilityState === "hidden" && this.#unsent && this.#save({ keepalive: true });

  constructor(host) {
    this.#host = host;
    this.#id.value ||= crypto.randomUUID();
    this.#host.addEventListener("input", ({ target }) => target.matches(FIELDS) && this.#typed({ byHand: true }));
    this.#host.addEventListener("keydown", (event) => this.#enter(event));
    this.#host.addEventListener("submit", (event) => this.#submit(event), true);
    this.#host.addEventListener("htmx:before:request", (event) => this.#flight(event, true));
    this.#host.addEventListener("htmx:finally:request", (event) => this.#flight(event, false));
    this.#host.addEventListener("htmx:after:swap", () => this.#text.value && this.#typed());
    addEventListener("online", this.#online);
    document.addEventListener("draft:kept", this.#kept);
    document.addEventListener("visibilitychange", this.#hide);
    this.#part("swap")?.addEventListener("click", () => this.#swap());
    this.#part("stay")?.addEventListener("click", () => this.#stay());
    if (this.#part("clash")?.hidden === false) this.#disagree();
    this.#bringBack();
  }

  stop() {
    clearTimeout(this.#timer);
    removeEventListener("online", this.#online);
    document.removeEventListener("draft:kept", this.#kept);
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
  get #wanted() {
    return [...this.#host.querySelectorAll(FIELDS)].filter((field) => field.dataset.draft !== "off");
  }
  get #fields() {
    const told = this.#wanted.filter((field) => field.type !== "radio" || field.checked);
    return Object.fromEntries(told.map((field) => [field.name, field.value]));
  }
  set #fields(fields) {
    for (const field of this.#wanted.filter(({ name }) => name in fields))
      if (field.type === "radio") field.checked = field.value === fields[field.name];
      else refill(field, fields[field.name]);
  }
  /** What a sent form was, so that sending it again is the same sending. */
  get #mark() {
    return this.#id.value + JSON.stringify(this.#fields);
  }
  #part = (name) => this.#host.querySelector(`[data-draft-${name}]`);

  #typed({ byHand = false } = {}) {
    if (byHand) this.#isTold = true;
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
    if (this.#clash || !this.#host.isConnected || this.#sent === this.#mark) return false;
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
    if (answer.status === 409 && said) return said.gone ? this.#apart(said) : this.#disagree(said);
    if (!answer.ok || !said) return this.#notSent("local");
    this.#base.value = said.revision;
    if (this.#isTold) this.#say("saved", { at: said.at });
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

  /** Sent or thrown away in another window: what is said here and not there goes on as a draft of its own. */
  #apart({ fields }) {
    const isSent = fields.text !== undefined && bare(fields.text) === bare(this.#text.value);
    this.#afresh({ empty: isSent });
    this.#say(isSent ? "sent" : "apart", { aloud: true });
    this.#isTold = false; // it stays to be read until something is typed
    if (!isSent) this.#typed();
    return false;
  }

  /** A new id: what is written from now on is no part of what was sent. */
  #afresh({ empty = true } = {}) {
    clearTimeout(this.#timer);
    this.#timer = this.#sent = undefined;
    shelf.remove(this.#shelfKey);
    this.#held = true;
    [this.#id.value, this.#base.value] = [crypto.randomUUID(), 0];
    if (!empty) return;
    for (const field of this.#wanted) if (!/^(hidden|radio)$/.test(field.type)) refill(field, "");
    this.#say("");
  }

  /** Nothing can be typed into words that are on their way. */
  #flight({ target }, isOn) {
    if (target === this.#form) this.#text.readOnly = isOn;
  }

  #swap() {
    const other = this.#part("other");
    const mine = this.#text.value;
    refill(this.#text, other.value);
    other.value = mine;
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
    if (this.#sure) return;
    if (event.submitter?.dataset.draft === "off") return event.stopPropagation(); // its own address, not the form's
    event.preventDefault();
    event.stopImmediatePropagation(); // htmx would send it all the same
    if (this.#going) return;
    this.#going = true;
    this.#remember();
    const isAgain = this.#sent === this.#mark; // no form can be sent while this event of it is under way
    const isSafe = await (isAgain ? new Promise((go) => setTimeout(go, 0, true)) : this.#save());
    this.#going = false;
    if (!isSafe) return;
    this.#remember();
    this.#sent = this.#mark;
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
