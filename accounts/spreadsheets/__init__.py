"""Tables that come from spreadsheets and go back to them."""
