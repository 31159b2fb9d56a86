/**
 * <fj-cards> once on a page of the studio: writes the name of its column into each cell of the tables, so that a phone
 * can draw rows as cards (see desk/cards.css). Without it the tables are scrolled sideways, as on a narrow window.
 * What htmx brings later is labelled before anybody (place.ts) looks where it stands.
 */
export class FjCards extends HTMLElement {
  private readonly all = () => {
    for (const table of document.querySelectorAll<HTMLTableElement>(".desk table.grid")) this.label(table);
  };

  connectedCallback(): void {
    this.all();
    document.addEventListener("htmx:after:swap", this.all, true);
  }

  disconnectedCallback(): void {
    document.removeEventListener("htmx:after:swap", this.all, true);
  }

  private label(table: HTMLTableElement): void {
    const heads = [...table.querySelectorAll<HTMLTableCellElement>("thead tr:first-child > th")];
    if (!heads.length || heads.some((head) => head.hasAttribute("colspan"))) return;
    const names = heads.map((head) => (head.querySelector(".vh") || head.closest(".vh") ? "" : (head.textContent ?? "").trim()));
    for (const row of table.querySelectorAll("tbody > tr")) {
      if (row.children.length !== heads.length) continue;
      [...row.children].forEach((cell, place) => {
        if (names[place] && (cell.textContent ?? "").trim()) cell.setAttribute("data-label", names[place]);
      });
    }
    // Drawn as blocks, a table loses what it is to those who listen; said outright it does not.
    const roles = { "thead, tbody": "rowgroup", tr: "row", "thead th": "columnheader", "tbody th": "rowheader", td: "cell" };
    table.setAttribute("role", "table");
    for (const [part, role] of Object.entries(roles)) {
      for (const one of table.querySelectorAll(part)) one.setAttribute("role", role);
    }
    table.classList.add("cards");
  }
}

if (!customElements.get("fj-cards")) customElements.define("fj-cards", FjCards);
