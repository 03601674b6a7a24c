"use strict";
// Shows what the three choices leave; without this script everything is shown.
(function () {
  var bar = document.getElementById("filters");
  if (bar === null) { return; }  // nothing was found
  var choices = Array.prototype.slice.call(bar.querySelectorAll("select"));
  var count = document.getElementById("shown");

  function each(root, selector, act) {
    Array.prototype.forEach.call(root.querySelectorAll(selector), act);
  }

  function apply() {
    var wanted = {};
    choices.forEach(function (choice) { wanted[choice.name] = choice.value; });
    var shown = 0;
    each(document, ".line", function (line) {
      var fits = ["severity", "rule", "part"].every(function (name) {
        return !wanted[name] || line.dataset[name] === wanted[name];
      });
      line.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    each(document, ".item, .part", function (box) {
      box.hidden = box.querySelector(".line:not([hidden])") === null;
    });
    count.textContent = shown;
  }

  bar.hidden = false;
  choices.forEach(function (choice) { choice.addEventListener("change", apply); });
  apply();  // a page that is opened again keeps its choices
})();
