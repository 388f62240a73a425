"""Taking in what people want the authorities to know: a short form that ends with a ticket."""
