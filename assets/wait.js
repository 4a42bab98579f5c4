// A page that waits for a job shows how far it is, lets it be cancelled, and opens once it is done.
(function () {
  let followed = null;

  function show(place, words, share) {
    const bar = place.querySelector(".wait-bar");
    place.querySelector(".wait-words").textContent = words;
    bar.firstElementChild.style.width = `${Math.round(100 * share)}%`;
    bar.setAttribute("aria-valuenow", Math.round(100 * share));
  }

  // True once there is nothing left to wait for.
  function told(place, job) {
    if (job.state === "waiting" || job.state === "running") {
      show(place, job.words, job.share);
      return false;
    }
    if (job.state === "done") {
      window.dash_clientside.set_props("again", { data: job.id });
      return true;
    }
    const words = job.error ? `${job.error.title}. ${job.error.message} ${job.error.hint}` : "Stopped. Nothing was lost.";
    show(place, words, 0);
    const button = place.querySelector(".wait-cancel");
    button.textContent = "Start again";
    button.disabled = false;
    button.dataset.again = "true";
    return true;
  }

  async function follow(place) {
    const job = place.dataset.wait;
    followed = job;
    while (followed === job && place.isConnected) {
      try {
        const answer = await fetch(`/jobs/${job}`);
        if (told(place, await answer.json())) return;
      } catch {
        show(place, "The server does not answer; asking again", 0);
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".wait-cancel");
    if (!button) return;
    if (button.dataset.again) {
      window.dash_clientside.set_props("again", { data: String(Date.now()) });
      return;
    }
    button.disabled = true;
    fetch(`/jobs/${button.closest("[data-wait]").dataset.wait}/cancel`, { method: "POST" });
  });

  new MutationObserver(() => {
    const place = document.querySelector("[data-wait]");
    if (!place) followed = null;
    else if (place.dataset.wait !== followed) follow(place);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-wait"] });
})();
