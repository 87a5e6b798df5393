"""The pages of whoever runs the site."""
