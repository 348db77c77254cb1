// <keep-draft> inside a form for words keeps them on the server while they are typed: at most every
// five seconds, before they are sent, and when the page is left. It says so in its own line; nothing
// else moves. Without JavaScript the button "Keep as a draft" does it.

const PAUSE = 5000 // milliseconds between two savings
const PATIENCE = 1500 // milliseconds that sending waits: a draft must not come after its post
const ROOM = 20_000 // characters that surely fit what may outlive a page (Fetch: 64 KiB)

class KeepDraft extends HTMLElement {
  #changes = 0 // since the page came
  #kept = 0 // how many of them the server has
  #isSent = false
  #isGone = false // nobody is signed in any more

  connectedCallback() {
    this.form = this.closest("form")
    if (!this.form?.elements.draft_path) return
    this.form.addEventListener("input", () => this.#change())
    this.form.addEventListener("submit", (event) => this.#send(event))
    document.addEventListener("visibilitychange", () => document.hidden && this.#keep(true))
    window.addEventListener("pagehide", () => this.#keep(true))
    if (this.hasAttribute("unsaved")) this.#change()
  }

  // For leaving quickly: what the server lacks goes along with the request that signs out.
  takeWords() {
    const words = this.#isUnkept ? new FormData(this.form) : undefined
    this.#isSent = true
    return words && isShort(words) ? words : undefined
  }

  get #isUnkept() {
    return this.#changes > this.#kept && !this.#isSent && !this.#isGone
  }

  #change() {
    this.#changes += 1
    this.#isSent = false
    this.wait ??= setTimeout(() => this.#keep(), PAUSE)
  }

  async #keep(outlivesPage = false) {
    this.wait = clearTimeout(this.wait)
    if (!this.#isUnkept) return
    this.underWay?.abort()
    this.underWay = new AbortController()
    const [changes, body, { signal }] = [this.#changes, new FormData(this.form), this.underWay]
    const keepalive = outlivesPage && isShort(body)
    const headers = { "X-Requested-With": "fetch" }
    const how = { method: "POST", body, headers, signal, keepalive, redirect: "manual" }
    const answer = await fetch("/drafts", how).catch(() => undefined)
    if (signal.aborted) return
    if (answer?.ok) this.#kept = changes
    this.#isGone = answer?.status === 401
    const isBusy = !answer || answer.status >= 500
    if (this.#isUnkept && (answer?.ok || isBusy)) this.wait ??= setTimeout(() => this.#keep(), PAUSE)
    this.#say(answer?.ok ? "kept" : this.#isGone ? "gone" : "unkept", answer?.headers.get("Kept-At"))
  }

  #say(what, time) {
    const words = what === "kept" && !time ? "" : this.getAttribute(what).replace("{time}", time)
    const line = this.querySelector("p")
    if (line.textContent !== words) line.textContent = words // it is said aloud at every change
  }

  async #send(event) {
    if (!this.#isUnkept) return
    event.preventDefault()
    await Promise.race([this.#keep(), new Promise((done) => setTimeout(done, PATIENCE))])
    this.underWay.abort()
    this.#isSent = true
    this.form.requestSubmit(event.submitter)
  }
}

const isShort = (form) => [...form.values()].join("").length < ROOM

customElements.define("keep-draft", KeepDraft)
