// Bringing a file: chosen or dropped, sent as it is by PUT; then it is checked on the page, or the job that reads it is
// asked how far it is.
(function () {
  const KEY = "clientele-job";
  const SENDING = 0.3; // of the bar
  const TAKEN = ".csv,.tsv,.txt,.gz,.zip,.xlsx,.xlsm,.ods,.parquet,.json,.jsonl,.ndjson,text/csv,application/gzip";
  const state = { phase: "idle", words: "", share: 0, error: null, job: sessionStorage.getItem(KEY), href: "" };
  const over = new Set();
  const { element, icon, choose, refused } = window.clienteleBring;
  let request = null;
  let parts = null;
  let appendTo = "";

  function build(place) {
    const label = choose([icon("upload"), " Bring another file"], send, { id: "bring-file", accept: TAKEN });
    const input = label.control;
    input.addEventListener("cancel", () => (appendTo = ""));
    const note = element("p", { className: "bring-note", textContent: "Drop an order log, a customer table or a survey here, or choose one: CSV, Excel, Parquet, JSON lines, packed or not. It goes to this server and nowhere else." });
    const idle = element("div", { className: "bring-idle" }, note, label);

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
    parts = { place, input, idle, busy, words, percent, fill, bar, cancel, said };
    show();
    if (state.phase === "idle" && state.job) follow(state.job);
  }

  function set(changes) {
    Object.assign(state, changes);
    show();
  }

  function busy() {
    return state.phase === "sending" || state.phase === "working";
  }

  function show() {
    if (!parts?.place.isConnected) return;
    parts.busy.hidden = !busy();
    parts.idle.hidden = busy();
    parts.place.classList.toggle("is-busy", busy());
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
    if (state.error) return [refused(state.error)];
    if (state.phase === "cancelled") return [element("p", { className: "bring-note", textContent: "Cancelled. Nothing was stored." })];
    if (state.href) {
      const words = state.phase === "done" ? "Your file is ready: open it" : "Your file waits to be checked";
      const link = element("a", { href: state.href, textContent: words });
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
    const query = appendTo ? `?append_to=${appendTo}` : "";
    appendTo = "";
    set({ phase: "sending", words: `Sending ${name}`, share: 0, error: null, href: "" });
    request = new XMLHttpRequest();
    request.open("PUT", `/upload/${encodeURIComponent(name)}${query}`);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (state.phase !== "sending" || !event.total) return;
      const words = event.loaded < event.total
        ? `Sending ${name}: ${megabytes(event.loaded)} of ${megabytes(event.total)} MB`
        : `Looking at ${name}`;
      set({ words, share: (SENDING * event.loaded) / event.total });
    });
    request.addEventListener("load", () => {
      const { job, href, error } = request.response || {};
      if (job) follow(job);
      else if (href) arrive({ phase: "idle", href });
      else set({ phase: "failed", error: error || unread(request.status) });
    });
    request.addEventListener("error", () => set({ phase: "failed", error: lost(name) }));
    request.addEventListener("abort", () => set({ phase: "cancelled" }));
    request.send(file);
  }

  function unread(status) {
    return { title: "The file was not taken", message: `The server answered ${status}.`, hint: "Try again; a smaller file, or a gzip of it, may help." };
  }

  function lost(name) {
    return { title: "The connection broke off", message: `${name} did not arrive whole.`, hint: "Check that the server runs and bring it again." };
  }

  // Where the page of the door is open, it goes on there; elsewhere nobody is torn away.
  function arrive(changes) {
    const here = location.pathname === "/data";
    set({ error: null, ...changes, href: here ? "" : changes.href });
    if (here) window.clienteleGo(changes.href);
  }

  async function follow(job) {
    sessionStorage.setItem(KEY, job);
    set({ phase: "working", job, words: state.words || "Waiting to start", share: Math.max(state.share, SENDING), error: null, href: "" });
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
    const ended = !job.state || ["done", "failed", "cancelled"].includes(job.state);
    if (!ended) {
      set({ words: job.words, share: SENDING + (1 - SENDING) * job.share });
      return false;
    }
    sessionStorage.removeItem(KEY);
    over.add(state.job);
    const phase = job.state === "done" || job.state === "cancelled" ? job.state : "failed";
    set({ phase, job: null, words: "", share: 0 });
    if (job.href) arrive({ phase, href: job.href });
    else set({ error: job.error });
    return true;
  }

  function stop() {
    if (state.phase === "sending") request.abort();
    else fetch(`/jobs/${state.job}/cancel`, { method: "POST" });
    parts.cancel.disabled = true;
  }

  // An import that somebody else started, or another window, is followed where its file is looked at.
  async function join(job) {
    over.add(job);
    const answer = await fetch(`/jobs/${job}`);
    const { state: stands } = await answer.json();
    if (["waiting", "running"].includes(stands) && !busy()) follow(job);
  }

  function dragged(event) {
    const card = document.querySelector(".file-card");
    const wanted = card && [...(event.dataTransfer?.types || [])].includes("Files");
    card?.classList.toggle("over", Boolean(wanted) && event.type === "dragover");
    if (!wanted) return;
    event.preventDefault();
    if (event.type === "drop" && event.dataTransfer.files.length && !busy()) send(event.dataTransfer.files[0]);
  }

  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, dragged));
  window.addEventListener("beforeunload", (event) => {
    if (state.phase === "sending") event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-append]");
    if (!button || !parts) return;
    appendTo = button.dataset.append;
    parts.input.click();
  });

  new MutationObserver(() => {
    const place = document.querySelector("[data-bring]");
    if (place && !place.hasChildNodes()) build(place);
    const job = document.querySelector("[data-follow]")?.dataset.follow;
    if (job && job !== state.job && !over.has(job) && !busy()) join(job);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-follow"] });

  window.clienteleFollow = follow;
  window.clienteleSay = (error) => set({ phase: "failed", error });
})();
