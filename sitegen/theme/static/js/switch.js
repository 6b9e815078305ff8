/* The control for the colours (components/switch.html): shows what is chosen, remembers it, and colours the browser's bar. */
(function () {
  'use strict';
  var root = document.documentElement;
  var control = document.querySelector('.switch select');
  var bars = [].slice.call(document.querySelectorAll('meta[name="theme-color"]'));
  var colors = {};
  bars.forEach(function (bar) { colors[/dark/.test(bar.media) ? 'dark' : 'light'] = bar.content; });

  function show() {
    var chosen = root.dataset.scheme || '';
    control.value = chosen;
    bars.forEach(function (bar) { bar.content = colors[chosen || (/dark/.test(bar.media) ? 'dark' : 'light')]; });
  }

  function choose(scheme) {
    if (scheme === 'dark' || scheme === 'light') root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    show();
  }

  control.addEventListener('change', function () {
    try {
      if (control.value) localStorage.setItem('scheme', control.value);
      else localStorage.removeItem('scheme');
    } catch (error) { /* no storage: for this page only */ }
    choose(control.value);
  });

  // Chosen in another tab, or on a page that the browser kept and shows again.
  addEventListener('storage', function (event) {
    if (event.key === 'scheme') choose(event.newValue);
  });
  addEventListener('pageshow', function (event) {
    if (!event.persisted) return;
    try { choose(localStorage.getItem('scheme')); } catch (error) { /* as it is */ }
  });
  show();
})();
