/* Keys: shows their buttons where the browser has them, and says in words when one does not answer. */
(() => {
  "use strict";
  const say = () => document.querySelectorAll("[data-key-refused]").forEach((notice) => { notice.hidden = false; });
  if (window.PublicKeyCredential) {
    document.querySelectorAll("[data-key-only]").forEach((part) => { part.hidden = false; });
  }
  document.addEventListener("allauth.error", (event) => { event.preventDefault(); say(); });
})();
