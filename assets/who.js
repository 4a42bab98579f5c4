// Whom a campaign is for: the limits that are typed in become part of the audience in the link.
(function () {
  const NAMES = ["recency", "orders", "spend"];
  const WHOLE = /^\d{1,12}$/;
  const MONEY = /^-?\d{1,12}(\.\d{1,2})?$/;

  // What is typed for one range as text for the link, or what is wrong with it.
  function range(form, name) {
    const fields = ["from", "to"].map((end) => form.querySelector(`[name="${name}-${end}"]`));
    if (!fields[0]) return { text: "" };
    const [from, to] = fields.map((field) => field.value.replace(/[\s,]/g, ""));
    const wrong = [from, to].some((text) => text && !(name === "spend" ? MONEY : WHOLE).test(text))
      ? name === "spend" ? "Spend is a number, such as 99.50." : "Days and orders are whole numbers."
      : from && to && Number(from) > Number(to) ? "“From” is above “to”." : "";
    fields.forEach((field) => field.setAttribute("aria-invalid", String(Boolean(wrong))));
    return { text: from || to ? `${from}..${to}` : "", wrong };
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-place]");
    if (!form) return;
    event.preventDefault();
    const typed = NAMES.map((name) => [name, range(form, name)]);
    const wrong = typed.map(([, { wrong }]) => wrong).find(Boolean) || "";
    form.querySelector(".who-note").textContent = wrong;
    if (wrong) return;

    const [, side, number] = form.dataset.place.match(/^(in|not)(\d+)$/);
    const parts = [...new URLSearchParams(form.dataset.who)];
    const mine = parts.filter(([one]) => one === side)[number];
    const part = new URLSearchParams(mine ? mine[1] : "");
    typed.forEach(([name, { text }]) => (text ? part.set(name, text) : part.delete(name)));
    const changed = String(part);
    if (!mine && changed) parts.push([side, changed]);
    else if (mine) mine[1] = changed;

    const search = new URLSearchParams(location.search);
    const who = String(new URLSearchParams(parts.filter(([, conditions]) => conditions)));
    if (who) search.set("who", who);
    else search.delete("who");
    window.clienteleGo(`${location.pathname}?${search}`);
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
