"""Finding passages: encoder, FAISS and BM25 indexes, fusion. Knows nothing of chat."""
