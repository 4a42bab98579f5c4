// A results file: sent as it is; where a column cannot be guessed, the page asks and sends the same file once more.
(function () {
  const { element, icon, choose, put, status, refused } = window.clienteleBring;

  const tell = (...parts) => document.querySelector("[data-results-outcome]")?.replaceChildren(...parts);

  async function send(place, file, roles) {
    tell(status(`Reading ${file.name} …`));
    const query = new URLSearchParams({ search: location.search });
    for (const [role, header] of Object.entries(roles)) if (header) query.set(`is-${role}`, header);
    const answer = await put(`/campaigns/${place.dataset.resultsFile}/results/${encodeURIComponent(file.name)}?${query}`, file);
    if (!place.isConnected) return;
    if (answer.href) {
      tell();
      window.clienteleAsking.show(answer.href);
    } else if (answer.said) tell(status(answer.said));
    else if (answer.asks) tell(asked(place, file, roles, answer.asks));
    else tell(refused(answer.error));
  }

  function asked(place, file, roles, { message, roles: open, headers }) {
    const form = element("form", { className: "results-asked" }, element("p", { textContent: `${message} Say which, and ${file.name} is read again.` }));
    for (const { role, label } of open) {
      const menu = element("select", { name: role, className: "field" }, element("option", { value: "", textContent: "none" }));
      for (const header of headers) menu.append(element("option", { value: header, textContent: header }));
      if (open.length === 1) menu.value = headers[0];
      form.append(element("label", { className: "labelled" }, element("span", { textContent: `Which column says ${label}?` }), menu));
    }
    form.append(element("button", { type: "submit", className: "button primary", textContent: "Read it so" }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(place, file, { ...roles, ...Object.fromEntries(new FormData(form)) });
    });
    return form;
  }

  new MutationObserver(() => {
    const place = document.querySelector("[data-results-file]");
    if (place && !place.hasChildNodes()) place.append(choose([icon("upload"), " Choose a results file"], (file) => send(place, file, {})));
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
