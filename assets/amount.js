// A number as it was typed, for the link: 1,200 is twelve hundred; 0,40 and 99,5 are written with a decimal comma.
window.clienteleAmount = (typed) =>
  typed
    .replace(/\s/g, "")
    .replace(/(?<![\d.,])[1-9]\d{0,2}(,\d{3})+(?![\d,])/g, (all) => all.replaceAll(",", ""))
    .replaceAll(",", ".");
