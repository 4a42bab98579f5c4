// A results file: sent as it is; where a column cannot be guessed, the page asks and sends the same file once more.
(function () {
  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function icon(name) {
    const made = element("i", { className: `bi bi-${name}` });
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function build(place) {
    const input = element("input", { type: "file", className: "bring-input" });
    input.addEventListener("change", () => {
      if (input.files.length) send(place, input.files[0], {});
      input.value = "";
    });
    place.replaceChildren(element("label", { className: "button primary choose" }, icon("upload"), " Choose a results file", input));
  }

  const tell = (...parts) => document.querySelector("[data-results-outcome]")?.replaceChildren(...parts);

  function status(text) {
    const line = element("p", { className: "place-say", textContent: text });
    line.setAttribute("role", "status");
    return line;
  }

  async function send(place, file, roles) {
    tell(status(`Reading ${file.name} …`));
    const query = new URLSearchParams({ search: location.search });
    for (const [role, header] of Object.entries(roles)) if (header) query.set(`is-${role}`, header);
    let answer;
    try {
      const got = await fetch(`/campaigns/${place.dataset.resultsFile}/results/${encodeURIComponent(file.name)}?${query}`, { method: "PUT", body: file });
      answer = await got.json().catch(() => ({ error: { title: "The file was not taken", message: `The server answered ${got.status}.`, hint: "Try again." } }));
    } catch {
      answer = { error: { title: "The connection broke off", message: `${file.name} did not arrive whole.`, hint: "Bring it again." } };
    }
    if (!place.isConnected) return;
    if (answer.href) {
      tell();
      history.replaceState({}, "", answer.href);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
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

  function refused({ title, message, hint }) {
    const text = element("div", {}, element("strong", { textContent: `${title}.` }), ` ${message} ${hint}`);
    const banner = element("div", { className: "banner" }, icon("exclamation-triangle"), text);
    banner.setAttribute("role", "alert");
    return banner;
  }

  new MutationObserver(() => {
    const place = document.querySelector("[data-results-file]");
    if (place && !place.hasChildNodes()) build(place);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
