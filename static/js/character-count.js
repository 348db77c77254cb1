// <character-count limit="10000"> around a textarea tells how much room is left, near the end only.
// It never stops anybody from writing on. Without JavaScript the server says it after sending.

class CharacterCount extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("textarea")
    this.limit = Number(this.getAttribute("limit"))
    if (!this.limit) return
    this.line = document.createElement("p")
    this.line.className = "character-count__line"
    this.line.setAttribute("aria-live", "polite")
    this.append(this.line)
    this.field.addEventListener("input", () => this.#soon())
    this.#tell()
  }

  // A screen reader would read out every letter's count: it hears one when the hands rest.
  #soon() {
    clearTimeout(this.wait)
    this.wait = setTimeout(() => this.#tell(), 400)
  }

  #tell() {
    const left = this.limit - [...this.field.value].length
    const isNear = left <= Math.max(this.limit / 10, 20)
    const words = left < 0 ? `${this.getAttribute("over")} ${-left}` : `${this.getAttribute("left")} ${left}`
    this.line.textContent = isNear ? words : ""
    this.line.classList.toggle("character-count__line--over", left < 0)
  }
}

customElements.define("character-count", CharacterCount)
