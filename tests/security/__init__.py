"""What holds the lines between what people write and what the site may do."""
