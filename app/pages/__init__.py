"""The first page, the pages that explain the place, and the page of all components."""
