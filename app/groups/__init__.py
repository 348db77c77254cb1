"""Circles of members, each with its facilitators."""
