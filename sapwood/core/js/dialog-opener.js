// <dialog-opener dialog="id"> around a link or button: opens that <dialog>; without it the link leads to a page.
customElements.define(
  "dialog-opener",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => {
        const dialog = document.getElementById(this.getAttribute("dialog"));
        if (!dialog?.showModal || !event.target.closest("a, button")) return;
        event.preventDefault();
        dialog.showModal();
        dialog.querySelector("[data-close]")?.addEventListener("click", (inner) => {
          inner.preventDefault();
          dialog.close();
        });
      });
    }
  },
);
