// <kept-moment>: what was kept. On a phone it stays in the sheet; on a wide screen it becomes a toast.
customElements.define(
  "kept-moment",
  class extends HTMLElement {
    connectedCallback() {
      const dialog = this.closest("dialog");
      if (matchMedia("(min-width: 46rem)").matches) {
        document.getElementById("toasts").append(this.querySelector("template").content.cloneNode(true));
        dialog?.close();
        return;
      }
      dialog?.classList.add("kept-sheet");
      this.querySelector("[data-close]").addEventListener("click", () => dialog?.close());
      this.querySelector("h2").focus();
    }
  },
);
