/* What paper would lose: text too pale for white, and content that only a scroll would show. Needs selector.js.
   Browsers leave out backgrounds, unless a page insists; so ink is measured against white. */
(least) => {
  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    ink.fillStyle = 'white';
    ink.fillRect(0, 0, 1, 1);
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...ink.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (colour) => 1.05 / (luminance(colour) + 0.05);
  const text = (element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const all = [...document.body.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1;
  });
  const pale = all.filter(text).map((element) => [element, contrast(getComputedStyle(element).color)])
    .filter(([, ratio]) => ratio < least);
  const cut = all.filter((element) => getComputedStyle(element).overflowX !== 'visible'
    && element.scrollWidth > element.clientWidth + 1);
  return {
    pale: pale.map(([element, ratio]) => [selector(element), ratio.toFixed(2)]),
    cut: cut.map((element) => [selector(element), element.scrollWidth - element.clientWidth]),
  };
}
