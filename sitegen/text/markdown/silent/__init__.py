"""What CommonMark takes for text without a word, though its writer meant more: one file for each kind of slip."""
