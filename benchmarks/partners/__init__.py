"""Who completes whom, calls with many consortia, and telling all of them."""
