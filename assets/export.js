// Export: filters that count while one types, and the rows of the table.
(function () {
  const RANGES = ["recency", "orders", "spend"];
  const ENDS = ["from", "to"];
  const NUMBER = /^-?\d{1,12}(\.\d{1,2})?$/;
  const PAUSE = 250;
  const GRID = "export-table";
  let timer = null;
  let answered = null;

  const field = (name, end) => document.getElementById(`export-${name}-${end}`);
  const typed = (name, end) => window.clienteleAmount(field(name, end).value);

  // What is wrong with a pair of fields, in words; nothing where they fit.
  function wrong(name) {
    const [from, to] = ENDS.map((end) => typed(name, end));
    const pattern = name === "spend" ? NUMBER : /^\d{1,12}$/;
    if ([from, to].some((text) => text && !pattern.test(text))) {
      return name === "spend" ? "Numbers only, such as 99.50." : "Whole numbers only.";
    }
    return from && to && Number(from) > Number(to) ? "“From” is above “to”." : "";
  }

  function apply() {
    timer = null;
    const search = new URLSearchParams(location.search);
    for (const name of RANGES) {
      const problem = wrong(name);
      document.getElementById(`export-${name}-note`).textContent = problem;
      ENDS.forEach((end) => field(name, end).setAttribute("aria-invalid", String(Boolean(problem))));
      if (problem) continue;
      const [from, to] = ENDS.map((end) => typed(name, end));
      if (from || to) search.set(name, `${from}..${to}`);
      else search.delete(name);
    }
    if (search.toString() === new URLSearchParams(location.search).toString()) return;
    window.clienteleAsking.show(`${location.pathname}?${search}`);
  }

  document.addEventListener("input", (event) => {
    if (!/^export-(recency|orders|spend)-(from|to)$/.test(event.target.id || "")) return;
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  });

  const same = (one, other) => JSON.stringify(one || []) === JSON.stringify(other || []);

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    audience: {
      // The fields follow the link, but never the one that is being typed in.
      fields(data) {
        const search = new URLSearchParams(data.search);
        return RANGES.flatMap((name) => {
          const text = search.get(name) || "";
          const limits = text.includes("..") ? text.split("..") : [text, text];
          return ENDS.map((end, i) => {
            const busy = timer || document.activeElement === field(name, end);
            return busy ? window.dash_clientside.no_update : limits[i];
          });
        });
      },

      // Answers the grid: its first rows come with the page, others are asked for.
      feed(request, page, more) {
        const { no_update: none, set_props: set, callback_context: context } = window.dash_clientside;
        // The grid is hidden where nobody is left; told of no rows, it would not take the next ones.
        if (!request || !page || !page.rows.rowCount) return none;
        const by = context.triggered.map((t) => t.prop_id.split(".")[0]);
        const wanted = { start: request.startRow, end: request.endRow, sort: request.sortModel || [] };
        const waiting = request !== answered;
        const inPage = wanted.start === 0 && same(wanted.sort, page.sort);
        const inMore = more && more.search === page.search && same([more.start, more.sort], [wanted.start, wanted.sort]);
        if (waiting && (inPage || inMore)) {
          answered = request;
          return inPage ? page.rows : more.rows;
        }
        if (by.includes("export-page")) {
          const api = window.dash_ag_grid && window.dash_ag_grid.getApi(GRID);
          if (api) {
            if (api.getDisplayedRowCount()) api.ensureIndexVisible(0);
            api.purgeInfiniteCache();
          }
        } else if (by.includes(GRID)) {
          // Not an output: an answer that comes back to its own question would be a circle to Dash.
          set("export-ask", { data: wanted });
        }
        return none;
      },
    },
  });
})();
