/* Opens every disclosure and ends all movement, so that what is measured next is what a reader comes to see.
   A constructed sheet is not inline style: a page's policy lets it pass. */
async () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  const still = new CSSStyleSheet();
  still.replaceSync(`*, *::before, *::after {
    transition: none !important; animation: none !important; scroll-behavior: auto !important;
  }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
