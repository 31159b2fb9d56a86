/** <fj-tree> around a tree of <details>: fetches a branch when it is first opened, and is walked with the arrow keys. */
export class FjTree extends HTMLElement {
  private readonly toggled = (event: Event) => {
    const branch = event.target;
    if (branch instanceof HTMLDetailsElement && branch.open && branch.dataset.src) void this.fill(branch);
  };

  private readonly pressed = (event: KeyboardEvent) => {
    const line = (event.target as Element).closest<HTMLElement>(".twig");
    const step = line && this.step(line, event.key);
    if (!step) return;
    event.preventDefault();
    step.focus();
  };

  connectedCallback(): void {
    // "toggle" does not bubble: it is caught on its way down.
    this.addEventListener("toggle", this.toggled, true);
    this.addEventListener("keydown", this.pressed);
  }

  disconnectedCallback(): void {
    this.removeEventListener("toggle", this.toggled, true);
    this.removeEventListener("keydown", this.pressed);
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

  private step(line: HTMLElement, key: string): HTMLElement | null {
    const branch = line.parentElement instanceof HTMLDetailsElement ? line.parentElement : null;
    if (key === "ArrowRight" && branch && !branch.open) return this.turn(branch, line);
    if (key === "ArrowLeft" && branch?.open) return this.turn(branch, line);
    if (key === "ArrowLeft") return this.goal(line.closest("ol")?.closest("details")?.querySelector(".twig"));
    const lines = [...this.querySelectorAll<HTMLElement>(".twig")].filter((twig) => !this.hides(twig));
    const at = lines.indexOf(line);
    if (key === "ArrowDown") return this.goal(lines[at + 1]);
    if (key === "ArrowUp") return this.goal(lines[at - 1]);
    if (key === "Home") return this.goal(lines[0]);
    if (key === "End") return this.goal(lines.at(-1));
    return null;
  }

  private turn(branch: HTMLDetailsElement, line: HTMLElement): HTMLElement | null {
    branch.open = !branch.open;
    return this.goal(line);
  }

  /** A summary takes the focus itself; a unit without units below has only its link. */
  private goal(line: Element | null | undefined): HTMLElement | null {
    if (!line) return null;
    return line.tagName === "SUMMARY" ? (line as HTMLElement) : line.querySelector("a");
  }

  private hides(line: Element): boolean {
    const own = line.tagName === "SUMMARY" ? line.parentElement?.parentElement : line.parentElement;
    return Boolean(own?.closest("details:not([open])"));
  }
}

if (!customElements.get("fj-tree")) customElements.define("fj-tree", FjTree);
