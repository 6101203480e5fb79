"""Files coming in: rosters, marks and pasted text become typed rows that the book can take."""
