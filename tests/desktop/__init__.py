"""The program as a person meets it: on a screen, with a mouse and a keyboard."""
