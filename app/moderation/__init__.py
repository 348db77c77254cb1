"""Subjects, their versions, and the log that keeps decisions honest. No screens."""
