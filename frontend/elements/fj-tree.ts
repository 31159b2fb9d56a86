/**
 * <fj-tree> around a tree of units: <li> with a line .twig (the link) and, beside it, a <details> with what is below.
 * Fetches a branch when it is first opened, and is walked with the arrow keys.
 */
export class FjTree extends HTMLElement {
  private readonly toggled = (event: Event) => {
    const branch = event.target;
    if (branch instanceof HTMLDetailsElement && branch.open && branch.dataset.src) void this.fill(branch);
  };

  private readonly pressed = (event: KeyboardEvent) => {
    const at = event.target as HTMLElement;
    const row = at.closest("li");
    const step = row && this.step(row, at, event.key);
    if (!step) return;
    event.preventDefault();
    step.focus();
  };

  /** A press on the empty part of a line opens it too: a wide target for a mouse; keyboards have the summary. */
  private readonly clicked = (event: Event) => {
    const at = event.target as HTMLElement;
    if (at.closest("a, summary, button")) return;
    const line = at.closest(".twig");
    const branch = line?.parentElement && this.branch(line.parentElement);
    if (branch) branch.open = !branch.open;
  };

  connectedCallback(): void {
    // "toggle" does not bubble: it is caught on its way down.
    this.addEventListener("toggle", this.toggled, true);
    this.addEventListener("keydown", this.pressed);
    this.addEventListener("click", this.clicked);
  }

  disconnectedCallback(): void {
    this.removeEventListener("toggle", this.toggled, true);
    this.removeEventListener("keydown", this.pressed);
    this.removeEventListener("click", this.clicked);
  }

  /** Puts the rows of a branch into its list; without a network the link to a whole page stays. */
  async fill(branch: HTMLDetailsElement): Promise<void> {
    const source = branch.dataset.src;
    const list = branch.querySelector("ol");
    if (!source || !list) return;
    delete branch.dataset.src;
    try {
      const response = await fetch(source, { headers: { "X-Requested-With": "fetch" } });
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      list.innerHTML = await response.text();
    } catch {
      branch.dataset.src = source;
    }
  }

  private step(row: HTMLElement, at: HTMLElement, key: string): HTMLElement | null {
    const branch = this.branch(row);
    if (branch && (key === "ArrowRight" ? !branch.open : key === "ArrowLeft" && branch.open)) {
      branch.open = !branch.open;
      return at;
    }
    if (key === "ArrowLeft") return this.link(row.parentElement?.closest("li"));
    const rows = [...this.querySelectorAll<HTMLElement>("li")].filter((one) => !this.hides(one));
    const place = rows.indexOf(row);
    if (key === "ArrowDown") return this.link(rows[place + 1]);
    if (key === "ArrowUp") return this.link(rows[place - 1]);
    if (key === "Home") return this.link(rows[0]);
    if (key === "End") return this.link(rows.at(-1));
    return null;
  }

  private branch(row: Element): HTMLDetailsElement | null {
    return row.querySelector<HTMLDetailsElement>(":scope > details");
  }

  private link(row: Element | null | undefined): HTMLElement | null {
    return row?.querySelector("a") ?? null;
  }

  private hides(row: Element): boolean {
    return Boolean(row.closest("details:not([open])"));
  }
}

if (!customElements.get("fj-tree")) customElements.define("fj-tree", FjTree);
