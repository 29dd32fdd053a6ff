"""In which form clips are made: what is chosen, and the form in which it is chosen."""
