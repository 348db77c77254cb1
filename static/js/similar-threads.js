// <similar-threads source="/boards/talk/similar"> around the title of a new thread: shows, behind one
// line below it, threads that sound like it. Without JavaScript the preview shows them.

class SimilarThreads extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input")
    this.found = this.querySelector(".similar-threads")
    this.field.addEventListener("input", () => this.#soon())
    if (this.field.value) this.#look()
  }

  disconnectedCallback() {
    clearTimeout(this.wait)
    this.asking?.abort()
  }

  // Nobody is asked for every letter: only when the hands rest.
  #soon() {
    clearTimeout(this.wait)
    this.wait = setTimeout(() => this.#look(), 600)
  }

  async #look() {
    this.asking?.abort()
    this.asking = new AbortController()
    const address = `${this.getAttribute("source")}?title=${encodeURIComponent(this.field.value)}`
    const headers = { "X-Requested-With": "fetch" }
    try {
      const answer = await fetch(address, { headers, redirect: "manual", signal: this.asking.signal })
      if (answer.ok) this.#show(await answer.text())
    } catch {
      // A slow line, or another letter typed: they are a help, and nobody waits for them.
    }
  }

  // What is the same stays as it is, or a screen reader would read it out again.
  #show(html) {
    if (html === this.shown) return
    this.shown = html
    const isOpen = this.found.querySelector("details")?.open
    this.found.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children)
    const details = this.found.querySelector("details")
    if (details) details.open = Boolean(isOpen)
  }
}

customElements.define("similar-threads", SimilarThreads)
