"""Speed and size against other tools, in pairs in one run. `make bench` prints the table; nothing here asserts."""
