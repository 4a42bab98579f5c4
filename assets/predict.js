// Place a customer: sliders and inputs of the form stand in the link, and a file of customers comes back placed.
(function () {
  const PAUSE = 250;
  const STEPS = 1000;
  const { element, icon, choose, put, status, refused } = window.clienteleBring;
  let timer = null;

  // A slider has the median in its middle: of skewed figures the lower half would be a hair's breadth otherwise.
  function curve({ low, high, middle }) {
    const [from, to, at] = [low, high, middle].map(Number);
    const share = Math.min(Math.max((at - from) / (to - from || 1), 0.02), 0.98);
    const bend = Math.log(share) / Math.log(0.5);
    return {
      value: (step) => from + (to - from) * Math.pow(step / STEPS, bend),
      step: (value) => STEPS * Math.pow(Math.min(Math.max((value - from) / (to - from || 1), 0), 1), 1 / bend),
    };
  }

  // Three figures are as fine as a slider goes.
  function rounded(value, whole) {
    if (whole) return Math.round(value);
    const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
    return Number(value.toFixed(Math.min(digits, 6)));
  }

  function build(place) {
    const { id, label, unit, whole, floor, ceiling } = place.dataset;
    const way = curve(place.dataset);
    const number = element("input", { type: "number", id, className: "field", step: whole ? "1" : "any", placeholder: place.dataset.default, autocomplete: "off" });
    if (floor) number.min = floor;
    if (ceiling) number.max = ceiling;
    const slider = element("input", { type: "range", min: 0, max: STEPS, step: 1, className: "place-slider" });
    slider.setAttribute("aria-label", `${label}, slider`);
    const follow = () => {
      slider.value = way.step(Number(number.value === "" ? place.dataset.default : number.value));
      slider.setAttribute("aria-valuetext", `${unit}${number.value || place.dataset.default}`);
    };
    number.addEventListener("input", () => {
      follow();
      later();
    });
    slider.addEventListener("input", () => {
      number.value = rounded(way.value(Number(slider.value)), whole);
      slider.setAttribute("aria-valuetext", `${unit}${number.value}`);
      later();
    });
    const face = unit ? [element("span", { className: "place-unit", textContent: unit })] : [];
    place.replaceChildren(slider, element("span", { className: "place-input" }, ...face, number));
    Object.assign(place, { number, follow });
    take(place);
  }

  // The link decides, but never over what is being typed.
  function take(place) {
    if (timer || place.contains(document.activeElement)) return;
    place.number.value = place.dataset.value;
    place.follow();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  }

  function apply() {
    timer = null;
    const values = new URLSearchParams();
    for (const field of document.querySelectorAll("[data-place-number], select[data-place-level]")) {
      const { placeNumber, placeLevel } = field.dataset;
      const control = field.number || field;
      if (placeNumber) control.setAttribute("aria-invalid", String(!control.checkValidity()));
      const usual = placeNumber ? Number(control.value) === Number(field.dataset.default) : control.value === field.dataset.default;
      if (control.value !== "" && !usual) values.set(placeNumber || placeLevel, control.value);
    }
    const search = new URLSearchParams(location.search);
    if (values.toString()) search.set("values", values.toString());
    else search.delete("values");
    if (search.toString() === new URLSearchParams(location.search).toString()) return;
    wrote(search.get("values") || "");
    window.clienteleAsking.show(`${location.pathname}?${search}`);
  }

  // The server draws the form anew unless it shows what the link says already: the keyboard keeps its place.
  function wrote(values) {
    if (document.getElementById("predict-form")) window.dash_clientside.set_props("predict-typed", { data: values });
  }

  window.addEventListener("popstate", () => wrote(null));
  document.addEventListener("click", (event) => event.target.closest?.("a[data-nav]") && wrote(null), true);

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("select[data-place-level]")) apply();
  });

  document.addEventListener("focusout", (event) => {
    const place = event.target.closest?.("[data-place-number]");
    if (place?.number && !timer && place.number.value === "") setTimeout(() => take(place));
  });

  async function send(place, file) {
    const outcome = document.querySelector("[data-place-outcome]");
    outcome.replaceChildren(status(`Placing the customers of ${file.name} …`));
    const answer = await put(`/newcomers/${encodeURIComponent(file.name)}?${place.dataset.placeFile}`, file);
    if (outcome.isConnected) outcome.replaceChildren(...(answer.error ? [refused(answer.error)] : placed(answer)));
  }

  function placed(answer) {
    const count = (number) => number.toLocaleString("en");
    const head = status(element("strong", { textContent: `${count(answer.placed)} of ${count(answer.of)}` }), " customers were placed.");
    const rows = answer.segments.map(({ name, colour, shape, customers }) => {
      const mark = element("span", { className: `swatch s${colour} shape${shape}` });
      mark.setAttribute("aria-hidden", "true");
      const fill = element("span", { className: `fill s${colour}` });
      fill.style.width = `${(100 * customers) / answer.placed}%`;
      return element("li", {}, element("span", {}, mark, name), element("span", { className: "meter" }, fill), element("strong", { textContent: count(customers) }));
    });
    const url = URL.createObjectURL(new Blob(["\ufeff", answer.csv], { type: "text/csv" }));
    const take = element("a", { href: url, download: answer.file, className: "button primary" }, icon("download"), "Take the placed customers (CSV)");
    const more = answer.more ? [`… and ${count(answer.more)} more; the note of each row in the CSV says why.`] : [];
    const lines = [...answer.told, ...answer.refused, ...more].map((text) => element("li", { textContent: text }));
    return [head, element("ul", { className: "place-counts" }, ...rows), element("div", {}, take), ...(lines.length ? [element("ul", { className: "place-told" }, ...lines)] : [])];
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy-text]");
    if (!button) return;
    const label = button.querySelector("span");
    try {
      await navigator.clipboard.writeText(button.dataset.copyText);
      label.textContent = "Copied";
    } catch {
      label.textContent = "Mark the text and copy it";
    }
    setTimeout(() => (label.textContent = "Copy"), 2000);
  });

  new MutationObserver(() => {
    for (const place of document.querySelectorAll("[data-place-number]")) place.number?.isConnected ? take(place) : build(place);
    const file = document.querySelector("[data-place-file]");
    if (file && !file.hasChildNodes()) file.append(choose([icon("upload"), " Choose a file"], (chosen) => send(file, chosen)));
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-value"] });
})();
