// A form without a draft on the server: this browser keeps its words until they are saved, and brings them back.
import { announce } from "../htmx.js";
import { session } from "../outbox/send.js";
import { fill, hasFiles, read } from "./fields.js";
import { say } from "./saying.js";
import { shelf } from "./shelf.js";

/** A short mark of a long text, to see later whether it is still the same. */
const mark = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) | 0, 7);

export class InBrowser {
  #host;
  #form;
  #drawn;
  #thrown;
  #busy = false;
  #sure = false;

  constructor(host) {
    this.#host = host;
    this.#form = host.closest("form");
    this.#drawn = JSON.stringify(read(this.#form, { drawn: true }));
    const name = Object.assign(document.createElement("input"), { type: "hidden", name: "draft" });
    name.value = host.getAttribute("box");
    this.#form.append(name);
    for (const kind of ["input", "change"]) this.#form.addEventListener(kind, () => this.#remember());
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    host.querySelector("button").addEventListener("click", () => this.#turn());
    this.#bringBack();
  }

  stop() {}

  get #key() {
    return `draft:${this.#host.getAttribute("person")}:${this.#host.getAttribute("box")}`;
  }

  get #copy() {
    const begun = shelf.read(this.#key)?.begun ?? mark(this.#drawn);
    return { at: Date.now(), begun, fields: read(this.#form), files: hasFiles(this.#form) };
  }

  /** Keeps the words as they stand; none are kept while they are what the server has. */
  #remember() {
    const copy = this.#copy;
    const isSaved = copy.begun === mark(this.#drawn) && JSON.stringify(copy.fields) === this.#drawn;
    if (isSaved && !copy.files) {
      shelf.remove(this.#key);
      this.#say("");
    } else this.#say(shelf.write(this.#key, copy) ? "local" : "full");
  }

  #bringBack() {
    const copy = shelf.read(this.#key);
    if (!copy) return;
    const isSame = JSON.stringify(copy.fields) === this.#drawn; // a form that came back with what it was sent
    if (!isSame) fill(this.#form, copy.fields);
    const { dataset } = this.#host;
    const hasChanged = copy.begun !== mark(this.#drawn);
    const words = [!isSame && this.#when(copy.at), !isSame && hasChanged && dataset.changed, copy.files && dataset.files];
    this.#tell(words, isSame ? "" : dataset.over);
  }

  #when(at) {
    const { lang } = document.documentElement;
    const format = (options) => new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options).format(at);
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    const words = isToday ? this.#host.dataset.back : this.#host.dataset.backDay;
    return words.replace("{at}", format({ timeStyle: "short" })).replace("{day}", format({ day: "numeric", month: "long" }));
  }

  #tell(sentences, offer) {
    const words = sentences.filter(Boolean).join(" ");
    const [place, button] = [this.#host.querySelector("span"), this.#host.querySelector("button")];
    this.#host.hidden = !words;
    place.textContent = words;
    button.hidden = !offer;
    button.textContent = offer;
    announce(words);
  }

  /** Throws away what was brought back, and brings it back once more. */
  #turn() {
    const { dataset } = this.#host;
    if (this.#thrown) {
      fill(this.#form, this.#thrown.fields);
      shelf.write(this.#key, this.#thrown);
      this.#tell([this.#when(this.#thrown.at)], dataset.over);
      this.#thrown = undefined;
      return;
    }
    this.#thrown = shelf.read(this.#key) ?? this.#copy;
    fill(this.#form, JSON.parse(this.#drawn));
    shelf.remove(this.#key);
    this.#say("");
    this.#tell([dataset.thrown], dataset.undo);
  }

  /** Before the form goes: is the server there, and is this still the same person? */
  async #submit(event) {
    if (this.#sure || event.defaultPrevented) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // htmx would send it all the same
    if (this.#busy) return;
    this.#busy = true;
    this.#remember();
    const { person, token } = (await session()) ?? {};
    this.#busy = false;
    if (person === undefined) return this.#say("offline", { aloud: true });
    if (person !== this.#host.getAttribute("person")) return this.#say("out", { aloud: true });
    this.#form.elements.namedItem("csrfmiddlewaretoken").value = token;
    this.#sure = true;
    this.#form.requestSubmit(event.submitter);
    this.#sure = false;
  }

  #say(state, how) {
    const page = this.#host.getAttribute("page") ?? undefined;
    say(this.#host, this.#form.querySelector("[data-draft-state]"), state, { page, ...how });
  }
}
