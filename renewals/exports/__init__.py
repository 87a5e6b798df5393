"""What leaves the product as a file: for employers what their people share, for a person their own record."""
