CREATE TABLE "products" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"product_id" text NOT NULL,
	"sku" text,
	"name" text NOT NULL,
	"description" text,
	"url" text,
	"image_urls" jsonb NOT NULL,
	"price" bigint,
	"compare_at_price" bigint,
	"currency" text,
	"categories" jsonb NOT NULL,
	"brand" text,
	"tags" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	"stock" bigint,
	"state" text NOT NULL,
	"translations" jsonb NOT NULL,
	"variants" jsonb NOT NULL,
	"source" text NOT NULL,
	"content_hash" "bytea" NOT NULL,
	"import_id" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_words" (
	"shop_id" bigint NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "product_words_shop_id_word_pk" PRIMARY KEY("shop_id","word")
);
--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_words" ADD CONSTRAINT "product_words_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "products_product_id" ON "products" USING btree ("shop_id","product_id");--> statement-breakpoint
CREATE INDEX "products_sku" ON "products" USING btree ("shop_id","sku");--> statement-breakpoint
CREATE INDEX "products_row" ON "products" USING btree ("shop_id","id");
--> statement-breakpoint
-- by hand: product_search.sql
CREATE TABLE product_search (
  rowid bigint PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE,
  main tsvector NOT NULL,
  whole tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX product_search_words ON product_search USING gin (main, whole) WITH (fastupdate = off);
