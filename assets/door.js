// Buttons and menus of the Data page ask the server for something and follow its answer: where to go, a job, an error.
(function () {
  const asking = window.clienteleAsking;
  let last = null;

  // An answer is not a step to go back over: it takes the place of the page that it changes.
  function show(href, step) {
    if (location.pathname + location.search === href) return location.reload();
    if (step) return window.clienteleGo(href);
    asking.show(href);
  }

  async function send(control, path, body, step) {
    control.disabled = true;
    const { href, job, name, error } = await asking.read(await asking.post(path, body));
    control.disabled = false;
    if (job) window.clienteleFollow(job);
    else if (href) show(href, step);
    else if (name) location.reload();
    else if (error) {
      window.clienteleSay(error);
      document.querySelector(".bring-said")?.scrollIntoView({ block: "center" });
    }
    return !error;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-post]");
    if (!button) return;
    const { post, slug, value } = button.dataset;
    send(button, post, slug ? { slug, value } : {}, !slug);
  });

  document.addEventListener("change", async (event) => {
    const menu = event.target.closest?.("select[data-answer]");
    if (!menu) return;
    const { answer, slug, now } = menu.dataset;
    last = document.activeElement === menu ? { slug, menu } : null;
    if (!(await send(menu, answer, { slug, value: menu.value }, false))) menu.value = now;
  });

  // The currency of what is stored: a label beside its figures, which stay what they are.
  document.addEventListener("change", async (event) => {
    const menu = event.target.closest?.("select[data-relabel]");
    if (!menu) return;
    const answer = await fetch(`/datasets/${menu.dataset.relabel}/currency?to=${menu.value}`, { method: "POST" });
    if (answer.ok) location.reload();
  });

  function rename(button) {
    const place = button.closest("tr").querySelector(".rename-place");
    const field = Object.assign(document.createElement("input"), { type: "text", className: "field", value: button.dataset.name, maxLength: 120 });
    field.setAttribute("aria-label", "New name");
    const save = Object.assign(document.createElement("button"), { type: "submit", className: "button", textContent: "Save" });
    const form = Object.assign(document.createElement("form"), { className: "rename-form" });
    form.append(field, save);
    const close = () => {
      place.parentElement.classList.remove("open");
      form.remove();
      button.focus();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value.trim() && field.value !== button.dataset.name) send(save, button.dataset.rename, { value: field.value }, false);
      else close();
    });
    field.addEventListener("keydown", (event) => event.key === "Escape" && close());
    place.replaceChildren(form);
    place.parentElement.classList.add("open");
    field.select();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-rename]");
    if (button) rename(button);
  });

  // A menu that was used keeps the keyboard when the page is drawn anew.
  new MutationObserver(() => {
    if (!last || document.activeElement !== document.body) return;
    const again = document.querySelector(`select[data-slug="${CSS.escape(last.slug)}"]`);
    if (!again || again === last.menu) return;
    last = null;
    again.focus({ preventScroll: true });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
