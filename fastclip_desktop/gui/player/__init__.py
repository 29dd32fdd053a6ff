"""The player: exact pictures while a hand moves about in the source, picture and sound while it plays."""
