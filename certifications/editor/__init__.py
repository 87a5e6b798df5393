"""The forms of a rule document, made from its models: what each field is called, shows, and reads back."""
