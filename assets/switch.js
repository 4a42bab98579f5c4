// A switch is a link to the same view with its rule moved; the space bar moves it too, as people expect of a switch.
document.addEventListener("keydown", (event) => {
  const control = event.key === " " && event.target.closest?.('a[role="switch"]');
  if (!control) return;
  event.preventDefault();
  control.click();
});
