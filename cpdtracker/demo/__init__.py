"""`make demo`: the whole product on this machine, with people in it, from nothing but Python."""
