"""One open book: typed collections over the store, and the use cases of the program, with undo."""
