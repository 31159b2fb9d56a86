/**
 * The studio's menu: Escape closes a group, which is Wagtail's doing; the focus that stood in it goes back to the
 * group's own button instead of being lost. It draws nothing, so there is no tag.
 */
addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || !(event.target instanceof Element)) return;
    event.target.closest(".sidebar-sub-menu-item--open")?.querySelector<HTMLElement>("[aria-expanded]")?.focus();
  },
  true, // before Wagtail takes the group away
);

export {};
