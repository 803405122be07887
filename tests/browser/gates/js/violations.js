/* Reports each breach of the page's own policy, from before its first script on. */
() => addEventListener('securitypolicyviolation', (event) => {
  const where = event.sourceFile ? ` (${event.sourceFile}:${event.lineNumber})` : '';
  noteViolation(`${event.effectiveDirective} blocks ${event.blockedURI} ${event.sample}${where}`.trim());
}, true)
