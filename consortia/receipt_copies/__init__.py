"""What partners keep of a receipt, whatever it attests: `copies.facts` for its page, `copies.pdf` and `copies.file`."""
