"""The project: wires the apps together and decides nothing.

Kept free of imports: the server runner starts from here before anything is installed or set.
"""
