// A click on a mark follows the link that stands last in its custom data, as a click on a row of a table does.
(function () {
  function follow({ points }) {
    const href = [points?.[0]?.customdata].flat().at(-1);
    if (typeof href === "string" && /^\/[a-z-]+\?/.test(href)) window.clienteleGo(href);
  }

  document.addEventListener("pointerover", (event) => {
    const plot = event.target.closest?.(".js-plotly-plot");
    if (!plot?.on || plot.clienteleFollows) return;
    plot.clienteleFollows = true;
    plot.on("plotly_click", follow);
  });
})();
