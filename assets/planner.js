// Planner: what is typed or chosen goes into the link; an empty field leaves it.
(function () {
  const NUMBERS = ["margin", "cost", "discount", "order", "budget", "base", "expected", "holdout", "quiet_days"];
  const DATES = ["start", "end"];
  const WORDS = ["name", "offer", "message", ...DATES, "statement"];
  const SELECTS = ["strategy", "channel"];
  const FILLED = ["offer", "message", "channel"];
  // As the page lists them: dashboard/components/briefing.py.
  const TYPED = ["name", "offer", "message", ...DATES, "quiet_days", "statement", ...NUMBERS.slice(0, -1)];
  const PAUSE = 500;
  let timer = null;
  const field = (name) => document.getElementById(`planner-${name}`);

  function text(name) {
    const typed = (field(name)?.value || "").trim();
    return NUMBERS.includes(name) ? window.clienteleAmount(typed.replace(/%/g, "").replace("–", "..")) : typed;
  }

  // A strategy fills in what is empty, or still what the strategy before it had filled in.
  function fill(search, before) {
    const options = [...(field("strategy")?.options || [])];
    const data = (slug) => options.find((option) => option.value === slug)?.dataset || {};
    const then = data(before);
    const now = data(field("strategy")?.value);
    for (const name of FILLED) {
      const untouched = !search.get(name) || search.get(name) === then[name];
      if (untouched && now[name]) search.set(name, now[name]);
    }
  }

  function apply() {
    clearTimeout(timer);
    timer = null;
    if (!field("name")) return;
    const before = new URLSearchParams(location.search);
    const search = new URLSearchParams(location.search);
    for (const name of [...NUMBERS, ...WORDS, ...SELECTS]) {
      if (text(name)) search.set(name, text(name));
      else search.delete(name);
    }
    if (!before.has("channel") && search.get("channel") === "email") search.delete("channel");
    if ((search.get("strategy") || "") !== (before.get("strategy") || "")) fill(search, before.get("strategy") || "");
    if (search.toString() === before.toString()) return;
    window.clienteleAsking.show(`${location.pathname}?${search}`);
  }

  const among = (names, target) => names.some((name) => target.id === `planner-${name}`);
  document.addEventListener("input", (event) => {
    if (!among(TYPED, event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  });
  document.addEventListener("change", (event) => among([...SELECTS, ...DATES], event.target) && apply());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && among(TYPED, event.target) && event.target.tagName === "INPUT") apply();
  });
  // What is kept or followed is what was typed last.
  const flush = () => timer && apply();
  document.addEventListener("submit", flush, true);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    planner: {
      // The fields follow the link, but never the one that is being typed in.
      fields(data) {
        const search = new URLSearchParams(data.search);
        const none = window.dash_clientside.no_update;
        // Dash has no date input: the text field becomes one where the browser knows it.
        for (const name of DATES) if (field(name)) field(name).type = "date";
        return TYPED.map((name) => (timer || document.activeElement === field(name) ? none : search.get(name) || ""));
      },
    },
  });
})();
