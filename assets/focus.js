// A control that is a link is drawn anew once it has done its work; the keyboard's place moves on to the new one.
(function () {
  let last = null;

  function name(link) {
    return link.getAttribute("aria-label") || link.textContent;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#main a[data-nav]");
    last = link && { link, slot: link.closest("[id]").id, name: name(link), path: location.pathname };
  }, true);

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
