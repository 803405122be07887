/* The page's width, the elements that cause it where it is too wide, and scrollers that the keyboard does not reach.
   Chromium focuses any scroller by itself; other browsers need a tabindex or something to focus inside. */
() => {
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const inScroller = (element) => {
    for (let node = element.parentElement; node && node !== document.body; node = node.parentElement) {
      if (getComputedStyle(node).overflowX !== 'visible') return true;
    }
    return false;
  };
  const all = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility());
  const page = Math.max(document.scrollingElement.scrollWidth, document.body.scrollWidth);
  const wide = page > innerWidth
    ? all.filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !inScroller(element))
    : [];
  // The innermost ones are the cause; what contains them is only pushed.
  const causes = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  const focusable = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex^="-"])';
  const unreachable = all.filter((element) =>
    scrolls(element) && element.scrollWidth > element.clientWidth + 1
    && !element.matches(focusable) && !element.querySelector(focusable));
  return { page, wide: causes.slice(0, 5).map(selector), unreachable: unreachable.map(selector) };
}
