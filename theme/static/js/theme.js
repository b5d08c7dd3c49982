// Runs before the page shows, so that a chosen colour scheme never flashes.
(function () {
  var root = document.documentElement;
  root.dataset.js = "";
  try {
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
