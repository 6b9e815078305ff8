"""What tests share: sites on disk, tools of this machine, texts and measurements."""
