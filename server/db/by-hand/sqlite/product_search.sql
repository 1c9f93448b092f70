-- Words are made by server/catalog/search-words.ts: ASCII's tokeniser takes them as they are.
CREATE VIRTUAL TABLE product_search USING fts5(main, whole, content='', contentless_delete=1, detail=column, tokenize='ascii');
