import "./character-count.js"
import "./error-summary.js"
import "./keep-draft.js"
import "./leave-quickly.js"
