"""The rules of a regulation as data, and the engine that says what is owed (制度包, 落实对照表)."""
