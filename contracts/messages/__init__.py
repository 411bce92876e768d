"""Messages to clients, ready to copy: the built-in words, the practice's own, and filling them."""
