// Files of a campaign are fetched, so that what is refused is said on the page and nothing that was typed is lost; and
// a list of those never to be written to is brought.
(function () {
  const { read, post, show } = window.clienteleAsking;
  const { element, choose, put } = window.clienteleBring;
  const LISTS = ".csv,.txt,.tsv,text/csv,text/plain";
  const isFile = (answer) => answer.ok && answer.headers.get("Content-Disposition");

  async function save(answer) {
    const said = answer.headers.get("Content-Disposition");
    const coded = /filename\*=UTF-8''([^;]+)/.exec(said);
    const plain = /filename="?([^";]+)"?/.exec(said);
    const url = URL.createObjectURL(await answer.blob());
    const link = element("a", { href: url, download: coded ? decodeURIComponent(coded[1]) : plain[1] });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  async function take(form, button) {
    const place = form.querySelector(".form-said");
    place.textContent = "";
    const label = button.textContent;
    button.disabled = true;
    button.textContent = "Making …";
    const answer = await post(form.dataset.files, { ...Object.fromEntries(new FormData(form)), destination: button.value });
    button.disabled = false;
    button.textContent = label;
    if (isFile(answer)) {
      await save(answer);
      return show(answer.headers.get("Content-Location"));
    }
    const { error } = await read(answer);
    place.textContent = `${error.message} ${error.hint} Nothing was taken.`;
  }

  async function remove(button) {
    const place = button.closest(".fold").querySelector(".removals-said");
    place.textContent = "";
    button.disabled = true;
    const answer = await post(button.dataset.removals, {});
    button.disabled = false;
    if (isFile(answer)) {
      await save(answer);
      place.textContent = "Taken. Upload it to the tool as a list to remove.";
      return;
    }
    const { said, error } = await read(answer);
    place.textContent = said || `${error.message} ${error.hint}`;
  }

  async function bring(place, file) {
    const said = place.closest(".card").querySelector(".form-said");
    said.textContent = "";
    const path = `/suppressions/${encodeURIComponent(file.name)}?${new URLSearchParams({ search: location.search })}`;
    const { href, error } = await put(path, file);
    if (href) show(href);
    else said.textContent = `${error.message} ${error.hint}`;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-files]");
    if (!form) return;
    event.preventDefault();
    if (event.submitter) take(form, event.submitter);
  });

  // Enter in the statement would take the first destination, which nobody chose.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("form[data-files] input")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-removals]");
    if (button) remove(button);
  });

  new MutationObserver(() => {
    for (const place of document.querySelectorAll("[data-suppress]")) {
      if (!place.hasChildNodes()) place.append(choose(["Add a list"], (file) => bring(place, file), { accept: LISTS }, "button choose"));
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
