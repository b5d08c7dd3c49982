// Runs before the page shows, so that a chosen colour scheme never flashes.
// biome-ignore lint/complexity/useArrowFunction: for browsers of any age
(function () {
  var root = document.documentElement;
  root.dataset.js = "";
  try {
    // biome-ignore lint/correctness/noInnerDeclarations: the same
    var theme = localStorage.getItem("broadsheet:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is switched off: the system's scheme it is.
  }
})();

// From disk most browsers run no modules: what needs them says so, unless they ran.
if (location.protocol === "file:") {
  addEventListener("DOMContentLoaded", () => document.querySelector("#from-disk")?.removeAttribute("hidden"));
}
