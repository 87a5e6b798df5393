"""The renewal packet: what is still to do before it is sent, what it says, how it is printed and bundled."""
