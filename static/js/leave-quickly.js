// <leave-quickly> around the form that leaves: Shift three times does what its button does.
// The page goes blank before anything else, and /left takes its place in the history, so that
// Back does not return to it. Without JavaScript the form inside leaves by itself.

class LeaveQuickly extends HTMLElement {
  #presses = []

  connectedCallback() {
    this.form = this.querySelector("form")
    this.form.addEventListener("submit", (event) => this.#leave(event))
    document.addEventListener("keydown", (event) => this.#listen(event))
    window.addEventListener("pageshow", (event) => this.#cameBack(event))
  }

  #listen(event) {
    if (event.repeat) return
    // Any other key in between is somebody writing capitals, not somebody leaving.
    this.#presses = event.key === "Shift" ? [...this.#presses.slice(-2), event.timeStamp] : []
    if (this.#presses.length === 3 && event.timeStamp - this.#presses[0] < 1500) {
      this.form.requestSubmit()
    }
  }

  #leave(event) {
    event.preventDefault()
    LeaveQuickly.#blank()
    // What was being written goes along: the server keeps it before it ends the session.
    const body = document.querySelector("keep-draft")?.takeWords?.()
    // keepalive: the request that ends the session outlives the page that sent it.
    fetch(this.form.action, { method: "POST", body, keepalive: true, redirect: "manual" })
    location.replace("/left")
    sessionStorage.setItem("left", "yes") // last: it fails where a browser keeps nothing
  }

  #cameBack(event) {
    const left = sessionStorage.getItem("left")
    sessionStorage.removeItem("left")
    if (!left || !event.persisted) return
    // The browser brought a page back from its memory, words and all: ask the server instead.
    LeaveQuickly.#blank()
    location.reload()
  }

  static #blank() {
    document.documentElement.hidden = true
    document.title = ""
  }
}

customElements.define("leave-quickly", LeaveQuickly)
