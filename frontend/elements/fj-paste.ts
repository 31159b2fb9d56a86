/**
 * <fj-paste data-said="… {characters} … {pictures}"> around a textarea: what is pasted keeps its structure.
 * A textarea only takes plain words from the clipboard, so the HTML beside them is put in instead; [data-status]
 * says how much was taken. Without scripts the words come in without headings and pictures.
 */
export class FjPaste extends HTMLElement {
  private readonly pasted = (event: ClipboardEvent) => {
    const area = event.target as HTMLTextAreaElement;
    const html = event.clipboardData?.getData("text/html") ?? "";
    if (area.tagName !== "TEXTAREA" || !html.trim()) return;
    event.preventDefault();
    area.value = html;
    const found = new DOMParser().parseFromString(html, "text/html");
    this.tell((found.body.textContent ?? "").replace(/\s+/g, "").length, found.querySelectorAll("img").length);
  };

  private tell(characters: number, pictures: number): void {
    const status = this.querySelector("[data-status]");
    if (!status) return;
    status.textContent = (this.dataset.said ?? "")
      .replace("{characters}", String(characters))
      .replace("{pictures}", String(pictures));
  }

  connectedCallback(): void {
    this.addEventListener("paste", this.pasted);
  }

  disconnectedCallback(): void {
    this.removeEventListener("paste", this.pasted);
  }
}

if (!customElements.get("fj-paste")) customElements.define("fj-paste", FjPaste);
