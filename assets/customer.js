// The search box of One customer: what is typed becomes part of the link, so that the back button leads to it again.
document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("form[data-find]");
  if (!form) return;
  event.preventDefault();
  const text = form.querySelector("input").value.trim();
  const search = new URLSearchParams(location.search);
  search.delete("customer");
  if (text) search.set("find", text);
  else search.delete("find");
  window.clienteleGo(`${location.pathname}?${search}`);
});
