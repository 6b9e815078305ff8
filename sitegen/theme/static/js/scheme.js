/* Before anything is drawn: the colours that the reader chose here. Without a choice the system's hold. */
(function () {
  'use strict';
  try {
    var chosen = localStorage.getItem('scheme');
    if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.scheme = chosen;
  } catch (error) { /* no storage: the system's */ }
})();
