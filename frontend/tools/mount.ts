/** Puts markup on the page as a browser does it: children first, then the element is connected. */
export function mount(markup: string): void {
  const template = document.createElement("template");
  template.innerHTML = markup;
  document.body.replaceChildren(template.content.cloneNode(true));
}
