// Planner: what is typed into a field goes into the link; an empty field leaves it.
(function () {
  const NAMES = ["margin", "cost", "discount", "order", "base", "expected", "holdout", "budget"];
  const PAUSE = 500;
  let timer = null;
  const field = (name) => document.getElementById(`planner-${name}`);

  function apply() {
    clearTimeout(timer);
    timer = null;
    const search = new URLSearchParams(location.search);
    for (const name of NAMES) {
      const text = (field(name)?.value || "").replace(/[\s,%]/g, "").replace("–", "..");
      if (text) search.set(name, text);
      else search.delete(name);
    }
    if (search.toString() === new URLSearchParams(location.search).toString()) return;
    history.replaceState({}, "", `${location.pathname}?${search}`);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  const ours = (event) => NAMES.some((name) => event.target.id === `planner-${name}`);
  document.addEventListener("input", (event) => {
    if (!ours(event)) return;
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  });
  document.addEventListener("keydown", (event) => event.key === "Enter" && ours(event) && apply());

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    planner: {
      // The fields follow the link, but never the one that is being typed in.
      fields(data) {
        const search = new URLSearchParams(data.search);
        const none = window.dash_clientside.no_update;
        return NAMES.map((name) => (timer || document.activeElement === field(name) ? none : search.get(name) || ""));
      },
    },
  });
})();
