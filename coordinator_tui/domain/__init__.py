"""The vocabulary, records and rules of the field: pure structures and functions, no file, no clock, no screen."""
