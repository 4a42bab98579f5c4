// What is drawn anew keeps the visitor's place: the keyboard stays on the control that was used, and a menu that was
// opened while an answer was on its way stays open.
(function () {
  let last = null;

  function name(link) {
    return link.getAttribute("aria-label") || link.textContent;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#main a[data-nav]");
    last = link && { link, slot: link.closest("[id]").id, name: name(link), path: location.pathname };
  }, true);

  let menu = null;

  function menus(slot) {
    return [...slot.querySelectorAll("details.menu")];
  }

  document.addEventListener("toggle", (event) => {
    const opened = event.target;
    if (!opened.matches?.("details.menu")) return;
    if (!opened.open) menu = menu?.opened === opened ? null : menu;
    else {
      const slot = opened.parentElement.closest("[id]");
      menu = slot && { opened, slot: slot.id, place: menus(slot).indexOf(opened) };
    }
  }, true);

  new MutationObserver(() => {
    if (!menu || menu.opened.isConnected) return;
    const slot = document.getElementById(menu.slot);
    const again = slot && menus(slot)[menu.place];
    menu = null;
    if (!again) return;
    again.open = true;
    if (document.activeElement === document.body) again.querySelector("summary").focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });

  new MutationObserver(() => {
    if (!last || last.link.isConnected || document.activeElement !== document.body) return;
    const slot = last.path === location.pathname && document.getElementById(last.slot);
    const links = slot ? [...slot.querySelectorAll("a[data-nav]")] : [];
    const again = links.find((link) => name(link) === last.name);
    if (!again) return;
    last = null;
    again.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
