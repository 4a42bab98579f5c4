// Take along and share: a chart as PNG, the link of the view, light or dark.
(function () {
  document.addEventListener("click", async (event) => {
    const png = event.target.closest?.("button[data-png]");
    if (png) {
      const plot = document.querySelector(`#${png.dataset.png} .js-plotly-plot`);
      if (plot) window.Plotly.downloadImage(plot, { format: "png", scale: 2, filename: png.dataset.png });
    }
    const copy = event.target.closest?.("button[data-copy]");
    if (copy) {
      const label = copy.querySelector("span") || copy;
      const words = label.textContent;
      try {
        await navigator.clipboard.writeText(location.href);
        label.textContent = "Link copied";
      } catch {
        label.textContent = "Copy it from the address bar";
      }
      setTimeout(() => (label.textContent = words), 2000);
    }
    if (event.target.closest?.("button[data-theme-toggle]")) {
      const root = document.documentElement;
      const theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
      root.setAttribute("data-bs-theme", theme);
      root.setAttribute("data-ag-theme-mode", theme);
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      window.dash_clientside.set_props("theme", { data: theme });
    }
  });
})();
