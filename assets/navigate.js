// Links inside the dashboard change the URL without loading the page; dcc.Location listens to the event.
(function () {
  function go(href) {
    const from = location.pathname;
    history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (location.pathname !== from) {
      window.scrollTo(0, 0);
      document.getElementById("main")?.focus({ preventScroll: true });
    }
  }

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(except)) menu.removeAttribute("open");
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-nav]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain) {
      event.preventDefault();
      go(link.getAttribute("href"));
      closeMenus(null);
      return;
    }
    // The link holds two dates that stand for those to be filled in.
    const own = event.target.closest?.("button[data-own]");
    if (own) {
      const [from, to] = [...own.parentElement.querySelectorAll("input")].map((input) => input.value);
      go(own.dataset.own.replace("1001-01-01", encodeURIComponent(from)).replace("2999-12-31", encodeURIComponent(to)));
      closeMenus(null);
      return;
    }
    closeMenus(event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    open?.removeAttribute("open");
    open?.querySelector("summary").focus();
  });

  // Dash has no date input; the text field becomes one where the browser knows it.
  document.addEventListener("toggle", (event) => {
    event.target.querySelectorAll?.(".own-period input").forEach((input) => (input.type = "date"));
  }, true);

  // On a phone the pages of a group are a row that scrolls: the open one is brought into sight, once.
  let seen = null;
  new MutationObserver(() => {
    const page = document.querySelector('.nav-group.open [aria-current="page"]');
    if (!page || page === seen) return;
    seen = page;
    const row = page.parentElement;
    row.scrollLeft = page.offsetLeft - (row.clientWidth - page.offsetWidth) / 2;
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-current"] });

  window.clienteleGo = go;
})();
