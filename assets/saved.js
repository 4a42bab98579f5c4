// Forms and buttons of saved segmentations: what was filled in goes to the server, its answer is the page afterwards.
(function () {
  const { post, read, show } = window.clienteleAsking;

  async function send(control, path, body) {
    const place = control.closest(".card, .banner")?.querySelector(".form-said");
    if (place) place.textContent = "";
    control.disabled = true;
    const { href, error } = await read(await post(path, body));
    control.disabled = false;
    if (href) show(href);
    else if (error && place) place.textContent = `${error.message} ${error.hint}`;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest?.("form[data-send]");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    send(button, button.getAttribute("formaction") || form.dataset.send, Object.fromEntries(new FormData(form)));
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-send]");
    if (button) send(button, button.dataset.send, {});
  });
})();
