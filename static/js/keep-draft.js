// <keep-draft> inside a form for words keeps them on the server while they are typed: at most every
// five seconds, and when the page is left. It says so in its own line; nothing else moves. The
// server tells what comes after its form was sent. Without JavaScript the button "Keep as a draft"
// does it.

const PAUSE = 5000 // milliseconds between two savings
const ROOM = 20_000 // characters that surely fit what may outlive a page (Fetch: 64 KiB)

class KeepDraft extends HTMLElement {
  #changes = 0 // since the page came
  #kept = 0 // how many of them the server has
  #isOver = false // somebody leaves, or nobody is signed in any more

  connectedCallback() {
    this.form = this.closest("form")
    if (!this.form?.elements.draft_path) return
    this.form.addEventListener("input", () => this.#change())
    document.addEventListener("visibilitychange", () => document.hidden && this.#keep(true))
    window.addEventListener("pagehide", () => this.#keep(true))
    window.addEventListener("pageshow", (event) => (this.cameBack = event.persisted))
  }

  // For leaving quickly: what the server lacks goes along with the request that signs out.
  takeWords() {
    const words = this.#isUnkept ? new FormData(this.form) : undefined
    this.#isOver = true
    return words && isShort(words) ? words : undefined
  }

  get #isUnkept() {
    return this.#changes > this.#kept && !this.#isOver
  }

  #change() {
    this.#changes += 1
    this.wait ??= setTimeout(() => this.#keep(), PAUSE)
    if (!this.cameBack) return
    // The browser brought this page back as it was sent. Words written anew are another sending.
    this.cameBack = this.#isOver = false
    this.form.elements.form_key.value = `again-${Date.now()}-${Math.random().toString(36).slice(2)}`
  }

  async #keep(isLeaving = false) {
    this.wait = clearTimeout(this.wait)
    if (!this.#isUnkept) return
    this.underWay?.abort()
    this.underWay = new AbortController()
    const [changes, body, { signal }] = [this.#changes, new FormData(this.form), this.underWay]
    const keepalive = isLeaving && isShort(body)
    const headers = { "X-Requested-With": "fetch" }
    const how = { method: "POST", body, headers, signal, keepalive, redirect: "manual" }
    const answer = await fetch("/drafts", how).catch(() => undefined)
    if (signal.aborted) return
    if (answer?.ok) this.#kept = changes
    if (answer?.status === 401) this.#isOver = true
    const isBusy = !answer || answer.status >= 500
    if (this.#isUnkept && (answer?.ok || isBusy)) this.wait ??= setTimeout(() => this.#keep(), PAUSE)
    this.#say(answer?.ok ? "kept" : this.#isOver ? "gone" : "unkept", answer?.headers.get("Kept-At"))
  }

  #say(what, time) {
    const words = what === "kept" && !time ? "" : this.getAttribute(what).replace("{time}", time)
    const line = this.querySelector("p")
    if (line.textContent !== words) line.textContent = words // it is said aloud at every change
  }
}

const isShort = (form) => [...form.values()].join("").length < ROOM

customElements.define("keep-draft", KeepDraft)
