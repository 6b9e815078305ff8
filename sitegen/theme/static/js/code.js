/* A button above each block of code that copies it. Its words come with this script's element (components/head.html);
   code.css keeps its place free, so nothing moves when it appears. */
(() => {
  'use strict';
  if (!navigator.clipboard) return; // an insecure origin
  const words = document.currentScript.dataset;
  const status = document.createElement('p');
  status.className = 'hidden';
  status.setAttribute('role', 'status');

  function framed(pre) {
    if (pre.parentElement.classList.contains('code')) return pre.parentElement;
    const frame = document.createElement('div');
    frame.className = 'code';
    pre.replaceWith(frame);
    frame.append(pre);
    return frame;
  }

  function button(pre) {
    const element = document.createElement('button');
    let waiting;
    const say = (text, news) => {
      element.textContent = text;
      status.textContent = news;
    };
    say(words.copy, '');
    element.type = 'button';
    element.className = 'copy';
    element.addEventListener('click', () => {
      navigator.clipboard.writeText(pre.textContent.replace(/\n$/, '')).then(() => {
        say(words.copied, words.copied);
        clearTimeout(waiting);
        waiting = setTimeout(say, 3000, words.copy, '');
      }, () => getSelection().selectAllChildren(pre)); // not allowed: one key is left to press
    });
    return element;
  }

  document.querySelectorAll('pre').forEach((pre) => framed(pre).append(button(pre)));
  document.querySelector('main').append(status);
})();
