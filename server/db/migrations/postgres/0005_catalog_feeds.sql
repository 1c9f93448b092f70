CREATE TABLE "catalog_feeds" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"url" text NOT NULL,
	"schedule" text NOT NULL,
	"daily_at" text NOT NULL,
	"hides_missing" boolean NOT NULL,
	"is_on" boolean NOT NULL,
	"next_run_at" bigint,
	"accepts_shrinking" boolean NOT NULL,
	"run_job" text,
	"run_until" bigint,
	"etag" text,
	"last_modified" text,
	"content_hash" "bytea",
	"import_id" bigint,
	"is_importing" boolean NOT NULL,
	"last_run_at" bigint,
	"last_result" text,
	"last_error" text,
	"products" integer NOT NULL,
	"hidden" integer NOT NULL,
	"has_shrunk" boolean NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog_feed_products" (
	"shop_id" bigint NOT NULL,
	"feed_id" bigint NOT NULL,
	"product_id" text NOT NULL,
	"seen_in" bigint NOT NULL,
	"is_hidden" boolean NOT NULL,
	CONSTRAINT "catalog_feed_products_feed_id_product_id_pk" PRIMARY KEY("feed_id","product_id")
);
--> statement-breakpoint
ALTER TABLE "file_imports" ADD COLUMN "feed_id" bigint;--> statement-breakpoint
ALTER TABLE "audiences" ADD COLUMN "is_told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "catalog_feeds" ADD CONSTRAINT "catalog_feeds_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_feed_products" ADD CONSTRAINT "catalog_feed_products_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_feed_products" ADD CONSTRAINT "catalog_feed_products_feed_id_catalog_feeds_id_fk" FOREIGN KEY ("feed_id") REFERENCES "public"."catalog_feeds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "catalog_feeds_public_id" ON "catalog_feeds" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE INDEX "catalog_feed_products_seen" ON "catalog_feed_products" USING btree ("feed_id","seen_in");