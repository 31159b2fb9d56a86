/**
 * <fj-file data-again="…"> around a label with a hidden file input: says by name what was chosen.
 *
 * The browser's own button speaks the browser's language, so the label is the button. [data-name] takes the name of
 * the file, [data-choose] the words for choosing another. Without scripts the style sheet says that there is one.
 */
export class FjFile extends HTMLElement {
  private readonly changed = () => {
    const name = this.querySelector<HTMLInputElement>('input[type="file"]')?.files?.[0]?.name ?? "";
    const shown = this.querySelector("[data-name]");
    const choose = this.querySelector("[data-choose]");
    if (shown && name) shown.textContent = name;
    if (choose && name && this.dataset.again) choose.textContent = this.dataset.again;
  };

  connectedCallback(): void {
    this.addEventListener("change", this.changed);
    this.changed(); // the browser may have kept a choice when the page was loaded again
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.changed);
  }
}

if (!customElements.get("fj-file")) customElements.define("fj-file", FjFile);
