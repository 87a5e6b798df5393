"""What a change of rules does to people: counted beside the rules they have, before it is published and when it is."""
