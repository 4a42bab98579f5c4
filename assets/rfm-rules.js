// RFM rules: what is typed in is put into the link that stands in the button, and followed.
(function () {
  const NAMES = ["recency", "orders", "spend"];

  function rename(button) {
    const field = document.getElementById("rfm-rules-name");
    const note = document.getElementById("rfm-rules-name-note");
    const name = field.value.replace(/[;~]/g, " ").replace(/\s+/g, " ").trim();
    const same = (other) => other.toLowerCase() === name.toLowerCase();
    const problem = !/[\p{L}\p{N}]/u.test(name)
      ? "Give it a name with letters or digits."
      : button.dataset.taken.split("|").some(same) ? "Another group has that name." : "";
    note.textContent = problem;
    field.setAttribute("aria-invalid", String(Boolean(problem)));
    if (!problem) window.clienteleGo(button.dataset.rfmName.replaceAll("TYPED-NAME", encodeURIComponent(name)));
  }

  function apply(button) {
    const parts = [];
    for (const name of NAMES) {
      const typed = document.getElementById(`rfm-rules-${name}`)?.value.trim();
      if (!typed) continue;
      // With the % sign at the end or in front; numbers are parted by commas, blanks or semicolons.
      const numbers = typed.replace(/%/g, " ").split(/[\s,;]+/).filter(Boolean).join(",");
      parts.push(`${name}:${typed.includes("%") ? "%" : ""}${numbers}`);
    }
    const link = button.dataset.rfmEdges;
    const text = encodeURIComponent(parts.join(";"));
    window.clienteleGo(text ? link.replace("TYPED-EDGES", text) : link.replace(/&rfm_edges=TYPED-EDGES/, ""));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-rfm-name], button[data-rfm-edges]");
    if (button) (button.dataset.rfmName ? rename : apply)(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !/^rfm-rules-/.test(event.target.id || "")) return;
    const wanted = event.target.id === "rfm-rules-name" ? "button[data-rfm-name]" : "button[data-rfm-edges]";
    document.querySelector(wanted)?.click();
  });
})();
