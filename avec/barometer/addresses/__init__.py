"""The addresses of the room, by part."""
