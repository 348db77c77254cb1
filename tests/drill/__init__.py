"""The drill: members write while the server is killed again and again, and then all is counted.

A killed process tests what the software promises. What the system had been given by then
outlives it; a power cut, which tests the disk's promises as well, is not drilled here.
"""
