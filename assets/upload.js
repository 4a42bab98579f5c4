// Bringing a file: chosen or dropped, sent as it is by PUT, then the job that reads it is asked how far it is.
(function () {
  const KEY = "clientele-job";
  const SENDING = 0.3; // of the bar
  const state = { phase: "idle", words: "", share: 0, file: "", error: null, job: sessionStorage.getItem(KEY), made: "" };
  let request = null;
  let parts = null;

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function build(place) {
    const input = element("input", { type: "file", id: "bring-file", className: "bring-input" });
    input.setAttribute("accept", ".csv,.tsv,.txt,.gz,text/csv,application/gzip");
    input.addEventListener("change", () => {
      if (input.files.length) send(input.files[0]);
      input.value = "";
    });
    const currency = element("select", { className: "field", id: "bring-currency" });
    place.dataset.bring.split(" ").forEach((code) => currency.append(element("option", { value: code, textContent: code })));
    const choose = element("label", { className: "button primary choose" }, icon("upload"), " Bring another file", input);
    const asked = element("label", { className: "currency" }, element("span", { textContent: "Its currency" }), currency);
    const note = element("p", { className: "bring-note", textContent: "Choose a CSV or CSV.GZ, or drop it here. It goes to this server and nowhere else." });
    const idle = element("div", { className: "bring-idle" }, note, asked, choose);

    const words = element("span", { className: "bring-words" });
    const percent = element("span", { className: "bring-percent" });
    const fill = element("div", { className: "fill" });
    const bar = element("div", { className: "bring-bar" }, fill);
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-valuemin", "0");
    bar.setAttribute("aria-valuemax", "100");
    bar.setAttribute("aria-label", "Bringing a file");
    const cancel = element("button", { type: "button", className: "button", textContent: "Cancel" });
    cancel.addEventListener("click", stop);
    const busy = element("div", { className: "bring-busy" }, element("div", { className: "bring-line" }, words, percent), bar, cancel);
    const said = element("div", { className: "bring-said" });
    said.setAttribute("aria-live", "polite");
    place.replaceChildren(said, idle, busy);
    parts = { place, idle, busy, words, percent, fill, bar, cancel, said, currency };
    show();
    if (state.phase === "idle" && state.job) follow(state.job);
  }

  function icon(name) {
    const made = element("i", { className: `bi bi-${name}` });
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function set(changes) {
    Object.assign(state, changes);
    show();
  }

  function show() {
    if (!parts?.place.isConnected) return;
    const busy = state.phase === "sending" || state.phase === "working";
    parts.busy.hidden = !busy;
    parts.idle.hidden = busy;
    const percent = Math.floor(100 * state.share);
    parts.words.textContent = state.words;
    parts.percent.textContent = `${percent} %`;
    parts.fill.style.width = `${percent}%`;
    parts.bar.setAttribute("aria-valuenow", String(percent));
    parts.bar.setAttribute("aria-valuetext", `${state.words}, ${percent} %`);
    parts.cancel.disabled = state.words === "Stopping";
    parts.said.replaceChildren(...outcome());
  }

  function outcome() {
    if (state.error) {
      const { title, message, hint } = state.error;
      const text = element("div", {}, element("strong", { textContent: `${title}.` }), ` ${message} ${hint}`);
      const banner = element("div", { className: "banner" }, icon("exclamation-triangle"), text);
      banner.setAttribute("role", "alert");
      return [banner];
    }
    if (state.phase === "cancelled") return [element("p", { className: "bring-note", textContent: "Cancelled. Nothing was kept." })];
    if (state.phase === "done" && !location.search.includes(state.made)) {
      const link = element("a", { href: `/data?data=${state.made}`, textContent: "Your file is ready: open it" });
      link.dataset.nav = "true";
      return [element("p", { className: "bring-note" }, link)];
    }
    return [];
  }

  function megabytes(bytes) {
    return (bytes / 1e6).toLocaleString("en", { maximumFractionDigits: bytes < 1e7 ? 1 : 0 });
  }

  function send(file) {
    const name = file.name;
    set({ phase: "sending", words: `Sending ${name}`, share: 0, error: null, made: "" });
    request = new XMLHttpRequest();
    request.open("PUT", `/upload/${encodeURIComponent(name)}?currency=${parts.currency.value}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (state.phase !== "sending" || !event.total) return;
      const words = `Sending ${name}: ${megabytes(event.loaded)} of ${megabytes(event.total)} MB`;
      set({ words, share: (SENDING * event.loaded) / event.total });
    });
    request.addEventListener("load", () => {
      const { job, error } = request.response || {};
      if (job) return follow(job);
      set({ phase: "failed", error: error || refused(request.status) });
    });
    request.addEventListener("error", () => set({ phase: "failed", error: lost(name) }));
    request.addEventListener("abort", () => set({ phase: "cancelled" }));
    request.send(file);
  }

  function refused(status) {
    return { title: "The file was not taken", message: `The server answered ${status}.`, hint: "Try again; a smaller file, or a gzip of it, may help." };
  }

  function lost(name) {
    return { title: "The connection broke off", message: `${name} did not arrive whole.`, hint: "Check that the server runs and bring it again." };
  }

  async function follow(job) {
    sessionStorage.setItem(KEY, job);
    set({ phase: "working", job, words: state.words || "Waiting to start", share: Math.max(state.share, SENDING), error: null });
    while (state.job === job) {
      try {
        const answer = await fetch(`/jobs/${job}`);
        if (end(await answer.json())) return;
      } catch {
        set({ words: "The server does not answer; asking again" });
      }
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
  }

  // True once there is nothing left to ask.
  function end(job) {
    const over = !job.state || ["done", "failed", "cancelled"].includes(job.state);
    if (!over) {
      set({ words: job.words, share: SENDING + (1 - SENDING) * job.share });
      return false;
    }
    sessionStorage.removeItem(KEY);
    if (job.state === "done") {
      set({ phase: "done", job: null, made: job.result });
      if (location.pathname === "/data") window.clienteleGo(`/data?data=${job.result}`);
      show();
    } else {
      set({ phase: job.state === "cancelled" ? "cancelled" : "failed", job: null, error: job.error });
    }
    return true;
  }

  function stop() {
    if (state.phase === "sending") request.abort();
    else fetch(`/jobs/${state.job}/cancel`, { method: "POST" });
    parts.cancel.disabled = true;
  }

  function over(event) {
    const card = event.target.closest?.(".file-card");
    const wanted = card && [...(event.dataTransfer?.types || [])].includes("Files");
    document.querySelector(".file-card")?.classList.toggle("over", Boolean(wanted) && event.type !== "drop");
    if (!wanted) return;
    event.preventDefault();
    if (event.type === "drop" && event.dataTransfer.files.length && !["sending", "working"].includes(state.phase)) {
      send(event.dataTransfer.files[0]);
    }
  }

  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, over));
  window.addEventListener("beforeunload", (event) => {
    if (state.phase === "sending") event.preventDefault();
  });

  // The currency of what is stored: a label beside its figures, which stay what they are.
  document.addEventListener("change", async (event) => {
    const select = event.target.closest?.("select[data-relabel]");
    if (!select) return;
    const answer = await fetch(`/datasets/${select.dataset.relabel}/currency?to=${select.value}`, { method: "POST" });
    if (answer.ok) location.reload();
  });

  new MutationObserver(() => {
    const place = document.querySelector("[data-bring]");
    if (place && !place.hasChildNodes()) build(place);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
