/* On the root page only: lead on to the language chosen earlier, else to the browser's. */
(function () {
  'use strict';
  var links = {};
  document.querySelectorAll('a[data-language]').forEach(function (link) {
    links[link.dataset.language.toLowerCase()] = link;
    link.addEventListener('click', function () {
      try { localStorage.setItem('language', link.dataset.language); } catch (error) { /* no storage */ }
    });
  });

  var wanted = [];
  try {
    var chosen = localStorage.getItem('language');
    if (chosen) wanted.push(chosen);
  } catch (error) { /* no storage */ }
  wanted = wanted.concat(navigator.languages || []);

  for (var i = 0; i < wanted.length; i++) {
    var code = String(wanted[i]).toLowerCase();
    var link = links[code] || links[code.split('-')[0]];
    if (link) {
      location.replace(link.href);
      return;
    }
  }
})();
