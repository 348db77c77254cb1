"""Approaches, situations and treatments: the words that threads and strategies share."""
