// <print-page>: a button that prints; unseen where no script runs.
customElements.define(
  "print-page",
  class extends HTMLElement {
    connectedCallback() {
      this.hidden = false;
      this.querySelector("button").addEventListener("click", () => print());
    }
  },
);
