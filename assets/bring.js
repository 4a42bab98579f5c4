// Bringing a file: the button that chooses one, sending it as it is, and what is said of that.
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

  // The same file can be chosen twice.
  function choose(face, take, properties = {}, className = "button primary choose") {
    const input = element("input", { type: "file", className: "bring-input", ...properties });
    input.addEventListener("change", () => {
      if (input.files.length) take(input.files[0]);
      input.value = "";
    });
    return element("label", { className }, ...face, input);
  }

  async function put(path, file) {
    const { ask, read } = window.clienteleAsking;
    return read(await ask(path, { method: "PUT", body: file }));
  }

  function status(...said) {
    const line = element("p", { className: "place-say" }, ...said);
    line.setAttribute("role", "status");
    return line;
  }

  function refused({ title, message, hint }) {
    const text = element("div", {}, element("strong", { textContent: `${title}.` }), ` ${message} ${hint}`);
    const banner = element("div", { className: "banner" }, icon("exclamation-triangle"), text);
    banner.setAttribute("role", "alert");
    return banner;
  }

  window.clienteleBring = { element, icon, choose, put, status, refused };
})();
