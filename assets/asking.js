// Asking the server: whatever happens there is an answer to read, and the page as it is afterwards to show.
(function () {
  const HEADERS = { "Content-Type": "application/json" };

  async function ask(path, options) {
    try {
      return await fetch(path, options);
    } catch {
      const error = { title: "The connection broke off", message: "The server did not answer.", hint: "Check that it runs and try again." };
      return Response.json({ error });
    }
  }

  async function read(answer) {
    try {
      return await answer.json();
    } catch {
      return { error: { title: "That did not work", message: `The server answered ${answer.status}.`, hint: "Try again." } };
    }
  }

  // What was filled in, with the query of the page that asks.
  const post = (path, body) => ask(path, { method: "POST", headers: HEADERS, body: JSON.stringify({ ...body, search: location.search }) });

  // A change is not a step to go back over.
  function show(href) {
    history.replaceState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  window.clienteleAsking = { ask, read, post, show };
})();
