CREATE TABLE "event_name_days" (
	"shop_id" bigint NOT NULL,
	"day" integer NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "event_name_days_shop_id_day_type_name_pk" PRIMARY KEY("shop_id","day","type","name")
);
--> statement-breakpoint
CREATE TABLE "event_name_cursors" (
	"shop_id" bigint PRIMARY KEY NOT NULL,
	"up_to" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "definitions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"type" text,
	"owner" text NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"public_id" "bytea" NOT NULL,
	"list" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "visitors_customer";--> statement-breakpoint
ALTER TABLE "event_name_days" ADD CONSTRAINT "event_name_days_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_name_cursors" ADD CONSTRAINT "event_name_cursors_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "definitions" ADD CONSTRAINT "definitions_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "definitions_public_id" ON "definitions" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "definitions_name" ON "definitions" USING btree ("shop_id","kind","name");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_public_id" ON "saved_views" USING btree ("shop_id","public_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name" ON "saved_views" USING btree ("shop_id","list","name");--> statement-breakpoint
CREATE INDEX "orders_at" ON "orders" USING btree ("shop_id","at");--> statement-breakpoint
CREATE INDEX "orders_status" ON "orders" USING btree ("shop_id","status","at");--> statement-breakpoint
CREATE INDEX "visitors_row" ON "visitors" USING btree ("shop_id","id");--> statement-breakpoint
CREATE INDEX "visitors_customer" ON "visitors" USING btree ("customer_id","shop_id") WHERE "visitors"."customer_id" is not null;