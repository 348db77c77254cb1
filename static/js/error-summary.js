// <error-summary> takes the focus when a form comes back, so that nobody has to look for what
// stopped it. Without JavaScript it stands on top of the page and is announced as an alert.

class ErrorSummary extends HTMLElement {
  connectedCallback() {
    if (document.querySelector("error-summary") === this) this.focus()
  }
}

customElements.define("error-summary", ErrorSummary)
