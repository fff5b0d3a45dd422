// Reading without a network: says how old a kept page is, lists what there is, and holds the switch of this device.
import { dateTime } from "./locale.js";
import { begin, forget, keepPage, pages, reader } from "./reading/shelf.js";

const FIRST = ["/", "/journal/", "/journal/entries/", "/moments/", "/rings/"];
const signedIn = () => document.querySelector("out-box")?.getAttribute("person") ?? "";

/** <kept-page data-says="… {when} …" data-back="…">: only on a page that came from this device. */
customElements.define(
  "kept-page",
  class extends HTMLElement {
    connectedCallback() {
      this.#forgetOthers();
      const at = Number(document.documentElement.dataset.keptAt);
      if (!at) return;
      const says = this.dataset.says.replace("{when}", dateTime("long").format(at));
      this.querySelector("[data-part=says]").textContent = says;
      this.hidden = false;
      addEventListener("online", () => this.#offerFresh());
    }

    /** Never by itself: somebody may be in the middle of a sentence. */
    #offerFresh() {
      this.querySelector("[data-part=says]").textContent = this.dataset.back;
      this.querySelector("a").hidden = false;
    }

    /** Somebody else signed in on this device: what the first person kept here goes. */
    async #forgetOthers() {
      const [own, kept] = [signedIn(), await reader().catch(() => "")];
      if (own && kept && own !== kept) await forget();
    }
  },
);

/** <kept-list>: the pages that can be read now; hidden while there are none. */
customElements.define(
  "kept-list",
  class extends HTMLElement {
    async connectedCallback() {
      const rows = await pages().catch(() => []);
      this.hidden = !rows.length;
      this.querySelector("ul").replaceChildren(...rows.map((row) => this.#row(row)));
    }

    #row({ address, title }) {
      const link = Object.assign(document.createElement("a"), { href: address });
      link.textContent = new DOMParser().parseFromString(title, "text/html").body.textContent;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }
  },
);

/** <read-offline>: a checkbox that keeps, or forgets, the pages of whoever is signed in. */
customElements.define(
  "read-offline",
  class extends HTMLElement {
    async connectedCallback() {
      if (!("caches" in window && "serviceWorker" in navigator)) return;
      const [box, own] = [this.querySelector("input"), signedIn()];
      box.checked = (await reader()) === own;
      box.addEventListener("change", () => (box.checked ? this.#begin(own) : this.#end()));
      this.hidden = false;
    }

    async #begin(own) {
      await begin(own);
      for (const address of FIRST) await fetch(address).then((answer) => keepPage(address, answer));
      this.#say(this.dataset.on);
    }

    async #end() {
      await forget();
      this.#say(this.dataset.off);
    }

    #say(words) {
      this.querySelector("[role=status]").textContent = words;
    }
  },
);
