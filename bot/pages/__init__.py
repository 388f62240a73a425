"""The public pages: chat, documents, guidance. Rendered on the server, nothing loaded from elsewhere."""
