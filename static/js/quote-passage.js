// <quote-passage> around the link that quotes a post puts the passage somebody has selected in it,
// or how it begins, into the answer box of the same page. Nothing jumps: it says where it went.
// Without JavaScript, or without a box, the link opens the box on a page of its own.

class QuotePassage extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a")
    this.form = document.querySelector("form[data-quotes]")
    if (!this.form) return
    this.line = document.createElement("span")
    this.line.setAttribute("role", "status")
    this.append(this.line)
    // Pressing a link takes a selection away before the click comes.
    this.link.addEventListener("pointerdown", () => (this.selected = this.#selection()))
    this.link.addEventListener("click", (event) => this.#quote(event))
  }

  #quote(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const chosen = this.selected || this.#selection()
    this.selected = ""
    const { replying_to, quoted, without_quotation, body } = this.form.elements
    replying_to.value = new URL(this.link.href).searchParams.get("replying_to")
    quoted.value = chosen // empty, the server takes how the post begins
    without_quotation.checked = false
    this.#show(chosen || this.#beginning())
    body.dispatchEvent(new Event("input", { bubbles: true })) // a draft keeps the quotation too
  }

  #show(words) {
    const shown = this.form.querySelector("[data-quotation]")
    shown.querySelector("figcaption").textContent = this.getAttribute("source")
    shown.querySelector("blockquote").textContent = words
    shown.hidden = false
    this.line.textContent = ` ${this.getAttribute("said")}`
  }

  // Only words of this very post: nobody is made to say what they did not.
  #selection() {
    const selection = getSelection()
    const words = this.#words()
    const isHere = words && words.contains(selection.anchorNode) && words.contains(selection.focusNode)
    return isHere ? this.#cut(selection.toString()) : ""
  }

  #beginning() {
    const words = this.#words()?.textContent.trim() ?? ""
    const cut = this.#cut(words)
    return cut.length < words.length ? `${cut}…` : cut
  }

  #words() {
    return this.closest("article").querySelector("[data-words]")
  }

  #cut(words) {
    const line = words.split(/\s+/).filter(Boolean).join(" ")
    const longest = this.form.elements.quoted.maxLength
    return line.length <= longest ? line : line.slice(0, line.lastIndexOf(" ", longest))
  }
}

customElements.define("quote-passage", QuotePassage)
