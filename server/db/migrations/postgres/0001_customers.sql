CREATE TABLE "identity_settings" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"rule" text NOT NULL,
	"secret" text NOT NULL,
	"former_secret" text,
	"jwt_algorithm" text NOT NULL,
	"jwt_public_key" text
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"user_id" text,
	"email" text,
	"phone" text,
	"first_name" text,
	"last_name" text,
	"birth_on" text,
	"languages" jsonb NOT NULL,
	"tags" jsonb NOT NULL,
	"attributes" jsonb NOT NULL,
	"trait_stamps" jsonb NOT NULL,
	"is_verified" boolean NOT NULL,
	"merged_into" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"order_id" text NOT NULL,
	"customer_id" bigint,
	"visitor_id" bigint,
	"total" bigint,
	"currency" text,
	"lines" jsonb NOT NULL,
	"status" text NOT NULL,
	"status_times" jsonb NOT NULL,
	"source" text NOT NULL,
	"is_verified" boolean NOT NULL,
	"at" bigint NOT NULL,
	"event_id" "bytea"
);
--> statement-breakpoint
CREATE TABLE "contact_lists" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contact_list_members" (
	"shop_id" bigint NOT NULL,
	"list_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"added_at" bigint NOT NULL,
	CONSTRAINT "contact_list_members_shop_id_list_id_kind_value_pk" PRIMARY KEY("shop_id","list_id","kind","value")
);
--> statement-breakpoint
CREATE TABLE "list_imports" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"list_id" bigint NOT NULL,
	"state" text NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"has_header" boolean NOT NULL,
	"columns" jsonb NOT NULL,
	"sample" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"lines" integer NOT NULL,
	"done_lines" integer NOT NULL,
	"done_records" integer NOT NULL,
	"added" integer NOT NULL,
	"already_there" integer NOT NULL,
	"fault_count" integer NOT NULL,
	"faults" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"lease_holder" text,
	"lease_until" bigint
);
--> statement-breakpoint
CREATE TABLE "list_import_chunks" (
	"shop_id" bigint NOT NULL,
	"import_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "list_import_chunks_import_id_position_pk" PRIMARY KEY("import_id","position")
);
--> statement-breakpoint
ALTER TABLE "identity_settings" ADD CONSTRAINT "identity_settings_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_merged_into_customers_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_lists" ADD CONSTRAINT "contact_lists_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_list_members" ADD CONSTRAINT "contact_list_members_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_list_members" ADD CONSTRAINT "contact_list_members_list_id_contact_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."contact_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_imports" ADD CONSTRAINT "list_imports_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_imports" ADD CONSTRAINT "list_imports_list_id_contact_lists_id_fk" FOREIGN KEY ("list_id") REFERENCES "public"."contact_lists"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_chunks" ADD CONSTRAINT "list_import_chunks_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_import_chunks" ADD CONSTRAINT "list_import_chunks_import_id_list_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."list_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customers_public_id" ON "customers" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "customers_user_id" ON "customers" USING btree ("shop_id","user_id");--> statement-breakpoint
CREATE INDEX "customers_email" ON "customers" USING btree ("shop_id","email") WHERE "customers"."email" is not null;--> statement-breakpoint
CREATE INDEX "customers_phone" ON "customers" USING btree ("shop_id","phone") WHERE "customers"."phone" is not null;--> statement-breakpoint
CREATE INDEX "customers_merged_into" ON "customers" USING btree ("merged_into","shop_id") WHERE "customers"."merged_into" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "orders_order_id" ON "orders" USING btree ("shop_id","order_id");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer_id","shop_id","at") WHERE "orders"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX "orders_visitor" ON "orders" USING btree ("shop_id","visitor_id","at") WHERE "orders"."visitor_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_lists_public_id" ON "contact_lists" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_lists_name" ON "contact_lists" USING btree ("shop_id","name");--> statement-breakpoint
CREATE INDEX "contact_list_members_address" ON "contact_list_members" USING btree ("shop_id","kind","value");--> statement-breakpoint
CREATE UNIQUE INDEX "list_imports_public_id" ON "list_imports" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE INDEX "list_imports_list" ON "list_imports" USING btree ("list_id");--> statement-breakpoint
CREATE INDEX "list_imports_state" ON "list_imports" USING btree ("state","created_at");