/**
 * <fj-file data-again="…" data-several="{count} files"> around a file field and the label that is its button: says
 * what was chosen, by name and size, and takes what is dropped on it.
 *
 * The browser's own button speaks the browser's language, so the style sheet hides it once this is defined.
 * [data-choose] takes the words for choosing another, [data-chosen] shows [data-name] and [data-size], [data-names]
 * lists several. While a file hangs over it, it has `data-over`; only one with a [data-here] takes it.
 */
export class FjFile extends HTMLElement {
  private first = "";

  private get input(): HTMLInputElement | null {
    return this.querySelector('input[type="file"]');
  }

  private readonly changed = () => this.show([...(this.input?.files ?? [])]);

  private readonly over = (event: DragEvent) => {
    if (!this.querySelector("[data-here]") || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    this.dataset.over = "";
  };

  private readonly left = (event: DragEvent) => {
    if (!this.contains(event.relatedTarget as Node | null)) delete this.dataset.over;
  };

  private readonly dropped = (event: DragEvent) => {
    delete this.dataset.over;
    const [input, given] = [this.input, event.dataTransfer?.files];
    if (!this.querySelector("[data-here]") || !input || !given?.length) return;
    event.preventDefault();
    input.files = input.multiple ? given : only(given[0]!);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  private show(files: File[]): void {
    const one = files.length === 1;
    const several = files.length ? (this.dataset.several ?? "").replace("{count}", String(files.length)) : "";
    this.write("[data-choose]", files.length ? this.dataset.again || this.first : this.first);
    this.write("[data-name]", one ? files[0]!.name : several);
    this.write("[data-size]", files.length ? sizeOf(files.reduce((sum, file) => sum + file.size, 0)) : "");
    this.querySelector("[data-chosen]")?.toggleAttribute("hidden", !files.length);
    const names = this.querySelector("[data-names]");
    names?.toggleAttribute("hidden", files.length < 2);
    names?.replaceChildren(...files.map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
  }

  private write(where: string, words: string): void {
    const place = this.querySelector(where);
    if (place) place.textContent = words;
  }

  connectedCallback(): void {
    this.first ||= this.querySelector("[data-choose]")?.textContent ?? "";
    this.addEventListener("change", this.changed);
    this.addEventListener("dragenter", this.over);
    this.addEventListener("dragover", this.over);
    this.addEventListener("dragleave", this.left);
    this.addEventListener("drop", this.dropped);
    if (this.input?.files?.length) this.changed(); // the browser kept a choice when the page was loaded again
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.changed);
    this.removeEventListener("dragenter", this.over);
    this.removeEventListener("dragover", this.over);
    this.removeEventListener("dragleave", this.left);
    this.removeEventListener("drop", this.dropped);
  }
}

/** Returns the list that holds this file alone, for a field that takes one. */
function only(file: File): FileList {
  const list = new DataTransfer();
  list.items.add(file);
  return list.files;
}

/** Returns a size as the server writes it: whole kilobytes, at least one; from a megabyte on with one decimal. */
function sizeOf(bytes: number): string {
  if (bytes >= 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
}

if (!customElements.get("fj-file")) customElements.define("fj-file", FjFile);
