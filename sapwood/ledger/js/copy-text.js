// <copy-text for="id"> copies that field; <drag-link> makes a link that is only meant to be dragged harmless to press.
import { announce } from "../../core/js/htmx.js";

customElements.define(
  "copy-text",
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = !navigator.clipboard;
      this.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(this.getAttribute("for")).value);
        announce(this.dataset.done);
        this.querySelector("button").textContent = this.dataset.done;
      });
    }
  },
);

customElements.define(
  "drag-link",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => event.preventDefault());
    }
  },
);
