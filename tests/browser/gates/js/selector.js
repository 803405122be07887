/* Gives `selector(element)`: a short path that finds the element again in the page's source. */
() => {
  window.selector = (element) => {
    const steps = [];
    for (let node = element; node && node !== document.body; node = node.parentElement) {
      if (node.id) {
        steps.unshift(`#${CSS.escape(node.id)}`);
        break;
      }
      const tag = node.localName;
      const classes = [...node.classList].slice(0, 2).map((name) => `.${CSS.escape(name)}`).join('');
      const twins = node.parentElement ? [...node.parentElement.children].filter((child) => child.localName === tag) : [];
      const place = !classes && twins.length > 1 ? `:nth-of-type(${twins.indexOf(node) + 1})` : '';
      steps.unshift(tag + classes + place);
      if (steps.length === 4) break;
    }
    const text = (element.getAttribute('aria-label') || element.textContent || '').trim().replace(/\s+/g, ' ');
    return steps.join(' > ') + (text ? ` "${text.slice(0, 40)}"` : '');
  };
}
