"""What others can see, who looked, a copy to take, and erasure by one's own hand."""
