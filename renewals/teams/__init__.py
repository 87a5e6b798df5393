"""What an employer reads about its people: counted from standing snapshots, in a constant number of queries."""
