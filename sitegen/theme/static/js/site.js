/* Small helps; the site does everything else without scripts. */
(function () {
  'use strict';

  // Remember the language a person chooses: the root page honours it (choose.js).
  document.addEventListener('click', function (event) {
    var link = event.target.closest('a[data-language]');
    if (!link) return;
    try {
      localStorage.setItem('language', link.dataset.language);
    } catch (error) { /* no storage, no memory */ }
  });

  // Beside the text, lists are open: layout.css shows them, and browsers and aids that look at the attribute are told.
  [['.section-menu details', '56rem'], ['.toc details', '76rem']].forEach(function (place) {
    var wide = matchMedia('(min-width: ' + place[1] + ')');
    var list = document.querySelector(place[0]);
    if (!list) return;
    function fold() { list.open = wide.matches; }
    fold();
    wide.addEventListener('change', fold);
  });

  // Mark the heading being read in the table of contents.
  var links = document.querySelectorAll('.toc a');
  if (!links.length || !('IntersectionObserver' in window)) return;
  var byId = {};
  var headings = [];
  links.forEach(function (link) {
    var id = decodeURIComponent(link.hash.slice(1));
    var heading = document.getElementById(id);
    if (!heading) return;
    byId[id] = link;
    headings.push(heading);
  });

  // The observer's box reaches far above the window, so a heading that is jumped over counts as passed.
  function mark() {
    var current = null;
    headings.forEach(function (heading) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) current = heading;
    });
    links.forEach(function (link) { link.removeAttribute('aria-current'); });
    if (current) byId[current.id].setAttribute('aria-current', 'location');
  }

  var observer = new IntersectionObserver(mark, { rootMargin: '99999px 0px -66% 0px' });
  headings.forEach(function (heading) { observer.observe(heading); });
})();
