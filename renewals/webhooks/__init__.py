"""Telling an employer's own system about certifications that need action. Off unless the installation turns it on."""
