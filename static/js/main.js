import "./character-count.js"
import "./error-summary.js"
import "./leave-quickly.js"
