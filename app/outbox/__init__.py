"""Mail waiting to be sent. No words of its own: those who write hand over the whole letter."""
