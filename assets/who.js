// Whom a campaign is for: what is chosen or typed becomes part of the audience in the link.
(function () {
  const RANGES = ["recency", "orders", "spend"];
  const WHOLE = /^\d{1,12}$/;
  const MONEY = /^-?\d{1,12}(\.\d{1,2})?$/;

  // Changes one group of the audience of the link, which may be ahead of what is drawn: two quick clicks both count.
  function change(place, edit) {
    const [, side, number] = place.match(/^(in|not)(\d+)$/);
    const search = new URLSearchParams(location.search);
    const groups = [...new URLSearchParams(search.get("who") || "")];
    const mine = groups.filter(([one]) => one === side)[number] || [side, ""];
    if (!groups.includes(mine)) groups.push(mine);
    const conditions = new URLSearchParams(mine[1]);
    edit(conditions);
    mine[1] = String(conditions);
    const who = String(new URLSearchParams(groups.filter(([, text]) => text)));
    if (who) search.set("who", who);
    else search.delete("who");
    search.set("part", place);
    window.clienteleGo(`${location.pathname}?${search}`);
  }

  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.(".who-choice");
    if (!choice || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const { name, value } = choice.dataset;
    change(choice.closest("[data-group]").dataset.group, (conditions) => {
      const now = conditions.getAll(name);
      const kept = now.includes(value) ? now.filter((one) => one !== value) : name === "consent" ? [value] : [...now, value];
      conditions.delete(name);
      kept.forEach((one) => conditions.append(name, one));
    });
  }, true);

  // What is typed for one range as text for the link, and what is wrong with it.
  function range(form, name) {
    const fields = ["from", "to"].map((end) => form.querySelector(`[name="${name}-${end}"]`));
    if (!fields[0]) return { name, text: "", wrong: "" };
    const [from, to] = fields.map((field) => window.clienteleAmount(field.value));
    const wrong = [from, to].some((text) => text && !(name === "spend" ? MONEY : WHOLE).test(text))
      ? name === "spend" ? "Spend is a number, such as 99.50." : "Days and orders are whole numbers."
      : from && to && Number(from) > Number(to) ? "“From” is above “to”." : "";
    fields.forEach((field) => field.setAttribute("aria-invalid", String(Boolean(wrong))));
    return { name, text: from || to ? `${from}..${to}` : "", wrong };
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.(".who-ranges");
    if (!form) return;
    event.preventDefault();
    const typed = RANGES.map((name) => range(form, name));
    const wrong = typed.map((one) => one.wrong).find(Boolean) || "";
    form.querySelector(".who-note").textContent = wrong;
    if (wrong) return;
    change(form.closest("[data-group]").dataset.group, (conditions) =>
      typed.forEach(({ name, text }) => (text ? conditions.set(name, text) : conditions.delete(name))));
  });

  // What is drawn anew keeps the keyboard: on the field that was typed in, or near a link that went with its group.
  let last = null;

  document.addEventListener("submit", (event) => {
    const field = event.target.matches?.(".who-panel form") && document.activeElement;
    if (field) last = { control: field, next: field.id ? `#${field.id}` : `.${event.target.className} button` };
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".who-card a[data-nav]");
    last = link ? { control: link, next: ".who-new a" } : null;
  }, true);

  new MutationObserver(() => {
    if (!last || last.control.isConnected || document.activeElement !== document.body) return;
    const next = document.querySelector(last.next);
    last = null;
    next?.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
