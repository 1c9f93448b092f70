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
CREATE TABLE "catalog_connections" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"public_id" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"secret" text NOT NULL,
	"uses_stock" boolean NOT NULL,
	"last_heard_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalog_hook_ids" (
	"shop_id" bigint NOT NULL,
	"hook_id" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "catalog_hook_ids_shop_id_hook_id_pk" PRIMARY KEY("shop_id","hook_id")
);
--> statement-breakpoint
CREATE TABLE "product_words" (
	"shop_id" bigint NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "product_words_shop_id_word_pk" PRIMARY KEY("shop_id","word")
);
--> statement-breakpoint
CREATE TABLE "file_imports" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"format" text NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"has_header" boolean NOT NULL,
	"columns" jsonb NOT NULL,
	"sample" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"lines" integer NOT NULL,
	"done_lines" integer NOT NULL,
	"done_records" integer NOT NULL,
	"created" integer NOT NULL,
	"changed" integer NOT NULL,
	"unchanged" integer NOT NULL,
	"fault_count" integer NOT NULL,
	"is_undoable" boolean NOT NULL,
	"undone" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"lease_holder" text,
	"lease_until" bigint
);
--> statement-breakpoint
CREATE TABLE "file_import_chunks" (
	"shop_id" bigint NOT NULL,
	"import_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "file_import_chunks_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
CREATE TABLE "file_import_faults" (
	"shop_id" bigint NOT NULL,
	"import_id" bigint NOT NULL,
	"record" integer NOT NULL,
	"line" integer NOT NULL,
	"fault" text NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "file_import_faults_import_id_record_pk" PRIMARY KEY("import_id","record")
);
--> statement-breakpoint
CREATE TABLE "product_import_changes" (
	"shop_id" bigint NOT NULL,
	"import_id" bigint NOT NULL,
	"product_id" text NOT NULL,
	"before" jsonb,
	CONSTRAINT "product_import_changes_import_id_product_id_pk" PRIMARY KEY("import_id","product_id")
);
--> statement-breakpoint
CREATE TABLE "customer_consents" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"customer_id" bigint NOT NULL,
	"purpose" text NOT NULL,
	"channel" text NOT NULL,
	"is_granted" boolean NOT NULL,
	"source" text NOT NULL,
	"note" text,
	"at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "products" ADD CONSTRAINT "products_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_connections" ADD CONSTRAINT "catalog_connections_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "catalog_hook_ids" ADD CONSTRAINT "catalog_hook_ids_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_words" ADD CONSTRAINT "product_words_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_imports" ADD CONSTRAINT "file_imports_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_import_chunks" ADD CONSTRAINT "file_import_chunks_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_import_chunks" ADD CONSTRAINT "file_import_chunks_import_id_file_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."file_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_import_faults" ADD CONSTRAINT "file_import_faults_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_import_faults" ADD CONSTRAINT "file_import_faults_import_id_file_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."file_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_import_changes" ADD CONSTRAINT "product_import_changes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "product_import_changes" ADD CONSTRAINT "product_import_changes_import_id_file_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."file_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_consents" ADD CONSTRAINT "customer_consents_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_consents" ADD CONSTRAINT "customer_consents_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "products_product_id" ON "products" USING btree ("shop_id","product_id");--> statement-breakpoint
CREATE INDEX "products_sku" ON "products" USING btree ("shop_id","sku");--> statement-breakpoint
CREATE INDEX "products_row" ON "products" USING btree ("shop_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "catalog_connections_public_id" ON "catalog_connections" USING btree ("public_id");--> statement-breakpoint
CREATE INDEX "catalog_hook_ids_at" ON "catalog_hook_ids" USING btree ("shop_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "file_imports_public_id" ON "file_imports" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE INDEX "file_imports_kind" ON "file_imports" USING btree ("shop_id","kind","id");--> statement-breakpoint
CREATE INDEX "file_imports_state" ON "file_imports" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "customer_consents_customer" ON "customer_consents" USING btree ("customer_id","shop_id","at");--> statement-breakpoint
CREATE INDEX "customers_row" ON "customers" USING btree ("shop_id","id");--> statement-breakpoint
CREATE INDEX "orders_row" ON "orders" USING btree ("shop_id","id");
--> statement-breakpoint
-- by hand: product_search.sql
CREATE TABLE product_search (
  rowid bigint PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE,
  main tsvector NOT NULL,
  whole tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX product_search_words ON product_search USING gin (main, whole) WITH (fastupdate = off);
