// Before the first paint: the theme that was chosen, or the system's. The server reads the same cookie.
(function () {
  const chosen = document.cookie.match(/(?:^|; )theme=(light|dark)/);
  const theme = chosen ? chosen[1] : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (!chosen) document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  document.documentElement.setAttribute("data-bs-theme", theme);
  document.documentElement.setAttribute("data-ag-theme-mode", theme);
})();
