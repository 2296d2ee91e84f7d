"""Values: what the accepted protocols say about schools and territories, stored so that pages only read them."""
