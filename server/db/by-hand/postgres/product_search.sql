CREATE TABLE product_search (
  rowid bigint PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE,
  main tsvector NOT NULL,
  whole tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX product_search_words ON product_search USING gin (main, whole) WITH (fastupdate = off);
