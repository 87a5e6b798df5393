"""Tests of the pages of whoever runs the site."""
