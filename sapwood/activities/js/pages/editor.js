// <rich-text>: long text over a textarea. The textarea posts HTML; without this script it is a plain textarea.
import { Editor } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import StarterKit from "@tiptap/starter-kit";

const Picture = Image.extend({
  addAttributes() {
    const upload = {
      default: null,
      parseHTML: (element) => element.dataset.upload,
      renderHTML: ({ upload: id }) => (id ? { "data-upload": id } : {}),
    };
    return { src: { default: null }, alt: { default: "" }, upload };
  },
});

const EXTENSIONS = [
  StarterKit.configure({
    heading: { levels: [2, 3] },
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: "https",
      protocols: ["http", "https", "mailto"],
      HTMLAttributes: { target: null, rel: null },
    },
  }),
  Picture,
];

const DEEDS = {
  h2: (chain) => chain.toggleHeading({ level: 2 }),
  h3: (chain) => chain.toggleHeading({ level: 3 }),
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  quote: (chain) => chain.toggleBlockquote(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};

const STATES = {
  h2: ["heading", { level: 2 }],
  h3: ["heading", { level: 3 }],
  bold: ["bold"],
  italic: ["italic"],
  bullets: ["bulletList"],
  numbers: ["orderedList"],
  quote: ["blockquote"],
  link: ["link"],
};

/** Text without tags becomes paragraphs; HTML stays as it is. */
function asHtml(text) {
  if (/<(p|h2|h3|ul|ol|blockquote|img|figure)\b/i.test(text)) return text;
  const holder = document.createElement("div");
  for (const block of text.split(/\n{2,}/))
    holder.append(Object.assign(document.createElement("p"), { innerText: block }));
  return holder.innerHTML;
}

/** What is pasted keeps words, headings, lists and links; pictures come only through the button. */
function cleaned(html) {
  const pasted = new DOMParser().parseFromString(html, "text/html");
  pasted.querySelectorAll("img, script, style, iframe, object, svg").forEach((element) => element.remove());
  pasted.querySelectorAll("h1, h4, h5, h6").forEach((old) => {
    const heading = pasted.createElement(old.tagName === "H1" ? "h2" : "h3");
    heading.append(...old.childNodes);
    old.replaceWith(heading);
  });
  for (const element of pasted.body.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) if (name !== "href") element.removeAttribute(name);
  }
  return pasted.body.innerHTML;
}

class RichText extends HTMLElement {
  connectedCallback() {
    if (this.editor) return;
    this.area = this.querySelector("textarea");
    this.bar = this.querySelector('[role="toolbar"]');
    const page = document.createElement("div");
    this.area.after(page);
    const label = document.querySelector(`label[for="${this.area.id}"]`);
    const told = { role: "textbox", "aria-multiline": "true", class: "rt-page article" };
    if (label) told["aria-label"] = label.textContent.trim();
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (this.area.hasAttribute(name)) told[name] = this.area.getAttribute(name);
    }
    this.editor = new Editor({
      element: page,
      extensions: EXTENSIONS,
      content: asHtml(this.area.value),
      injectCSS: false,
      editorProps: { attributes: told, transformPastedHTML: cleaned },
      onTransaction: () => this.#show(),
      onUpdate: () => this.#keep(),
    });
    this.area.addEventListener("refill", () => this.#refill());
    label?.addEventListener("click", () => this.#writing());
    this.area.hidden = true;
    this.area.required = false;
    this.bar.hidden = false;
    this.#wireBar();
    this.#wirePanels();
    this.#show();
  }

  disconnectedCallback() {
    this.editor?.destroy();
    this.editor = undefined;
  }

  /** The editor with the cursor in its page at once: the command of the library waits a frame, and a key pressed in it is lost. */
  #writing() {
    this.editor.view.focus();
    return this.editor;
  }

  /** Puts what is written into the field, so that drafts and posts see it. */
  #keep() {
    this.area.value = this.editor.isEmpty ? "" : this.editor.getHTML();
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The field holds other words than the page shows: those of a draft, or the saved ones again. */
  #refill() {
    this.editor.commands.setContent(asHtml(this.area.value), { emitUpdate: false });
  }

  #show() {
    if (!this.editor) return;
    for (const [name, state] of Object.entries(STATES)) {
      this.bar
        .querySelector(`[data-do="${name}"]`)
        ?.setAttribute("aria-pressed", this.editor.isActive(...state));
    }
  }

  /** One tab stop; arrows, Home and End move inside the bar. */
  #wireBar() {
    const buttons = [...this.bar.querySelectorAll("[data-do]")];
    buttons.forEach((button, index) => (button.tabIndex = index ? -1 : 0));
    this.bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(document.activeElement);
      const last = buttons.length - 1;
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      const next = buttons[(to + buttons.length) % buttons.length];
      buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
      next.focus();
    });
    this.bar.addEventListener("mousedown", (event) => event.preventDefault());
    this.bar.addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      if (name in DEEDS) DEEDS[name](this.#writing().chain()).run();
      else if (name) this.#open(name);
    });
  }

  #panel(name) {
    return this.querySelector(`[data-panel="${name}"]`);
  }

  #open(name) {
    const panel = this.#panel(name);
    panel.hidden = !panel.hidden;
    if (panel.hidden) return this.#writing();
    if (name === "link") panel.querySelector("input").value = this.editor.getAttributes("link").href ?? "";
    panel.querySelector("input").focus();
  }

  #close(panel) {
    panel.hidden = true;
    panel.querySelectorAll("input").forEach((input) => (input.value = ""));
    this.#writing();
  }

  #wirePanels() {
    for (const panel of this.querySelectorAll("[data-panel]")) {
      const act = panel.dataset.panel === "link" ? () => this.#link(panel) : () => this.#image(panel);
      panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.#close(panel);
        else if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
        else act();
        event.preventDefault();
        event.stopPropagation();
      });
      panel.querySelector("[data-keep]").addEventListener("click", act);
      panel.querySelector("[data-close]").addEventListener("click", () => this.#close(panel));
    }
  }

  #link(panel) {
    const typed = panel.querySelector("input").value.trim();
    const href = !typed || /^(https?:|mailto:|\/)/i.test(typed) ? typed : `https://${typed}`;
    const chain = this.#writing().chain().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (this.editor.state.selection.empty && !this.editor.isActive("link")) {
      chain.insertContent({ type: "text", text: typed, marks: [{ type: "link", attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    this.#close(panel);
  }

  async #image(panel) {
    const [file, alt] = [
      panel.querySelector('[type="file"]').files[0],
      panel.querySelector('[type="text"]').value.trim(),
    ];
    const problem = panel.querySelector('[role="alert"]');
    problem.dataset.missing ??= problem.textContent;
    problem.hidden = true;
    if (!file || !alt) return this.#tell(problem, problem.dataset.missing);
    const body = new FormData();
    body.set("file", file);
    body.set("alt", alt);
    const headers = { "X-CSRFToken": document.querySelector('meta[name="csrf"]')?.content ?? "" };
    try {
      const answer = await fetch(this.dataset.uploadUrl, { method: "POST", body, headers });
      const { id, url, alt: words, error } = await answer.json();
      if (!answer.ok) return this.#tell(problem, error);
      this.#writing()
        .chain()
        .insertContent([
          { type: "image", attrs: { src: url, alt: words, upload: id } },
          { type: "paragraph" },
        ])
        .run();
      this.#close(panel);
    } catch {
      this.#tell(problem);
    }
  }

  /** Says in the panel why there is no picture: what the server said, else that it did not arrive. */
  #tell(problem, words) {
    problem.textContent = words || problem.dataset.lost;
    problem.hidden = false;
  }
}

customElements.define("rich-text", RichText);
