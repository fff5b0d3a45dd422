// <draft-keeper>: what is typed is not lost. With `url` around a form it goes to the server; inside one, this browser keeps it.
import { InBrowser } from "./drafts/in-browser.js";
import { OnServer } from "./drafts/on-server.js";

customElements.define(
  "draft-keeper",
  class extends HTMLElement {
    #keeper;

    connectedCallback() {
      this.#keeper = this.hasAttribute("url") ? new OnServer(this) : new InBrowser(this);
    }

    disconnectedCallback() {
      this.#keeper.stop();
    }
  },
);
