CREATE TABLE "visitor_profiles" (
	"subject_id" bigint PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"document" text NOT NULL,
	"consent" jsonb,
	"audiences" jsonb NOT NULL,
	"reconsider_at" bigint,
	"last_at" bigint NOT NULL,
	"visits" bigint NOT NULL,
	"orders" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "customer_profiles" (
	"subject_id" bigint PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"version" bigint NOT NULL,
	"document" text NOT NULL,
	"consent" jsonb,
	"audiences" jsonb NOT NULL,
	"reconsider_at" bigint,
	"last_at" bigint NOT NULL,
	"visits" bigint NOT NULL,
	"orders" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audiences" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shop_id" bigint NOT NULL,
	"name" text NOT NULL,
	"condition" jsonb NOT NULL,
	"state" text NOT NULL,
	"fill_kind" text NOT NULL,
	"fill_to" bigint NOT NULL,
	"filled" bigint NOT NULL,
	"fill_total" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audience_members" (
	"shop_id" bigint NOT NULL,
	"audience_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"subject_id" bigint NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "audience_members_shop_id_audience_id_kind_subject_id_pk" PRIMARY KEY("shop_id","audience_id","kind","subject_id")
);
--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "time_zone" text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "currency" text DEFAULT 'USD' NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "targeting_epoch" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "customer_id" bigint;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "is_customer_proven" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "visitors" ADD COLUMN "note" jsonb;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "place" jsonb;--> statement-breakpoint
ALTER TABLE "visitor_profiles" ADD CONSTRAINT "visitor_profiles_subject_id_visitors_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."visitors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visitor_profiles" ADD CONSTRAINT "visitor_profiles_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_profiles" ADD CONSTRAINT "customer_profiles_subject_id_customers_id_fk" FOREIGN KEY ("subject_id") REFERENCES "public"."customers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_profiles" ADD CONSTRAINT "customer_profiles_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audiences" ADD CONSTRAINT "audiences_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_members" ADD CONSTRAINT "audience_members_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_members" ADD CONSTRAINT "audience_members_audience_id_audiences_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visitor_profiles_seen" ON "visitor_profiles" USING btree ("shop_id","last_at");--> statement-breakpoint
CREATE INDEX "visitor_profiles_due" ON "visitor_profiles" USING btree ("reconsider_at") WHERE "visitor_profiles"."reconsider_at" is not null;--> statement-breakpoint
CREATE INDEX "customer_profiles_seen" ON "customer_profiles" USING btree ("shop_id","last_at");--> statement-breakpoint
CREATE INDEX "customer_profiles_due" ON "customer_profiles" USING btree ("reconsider_at") WHERE "customer_profiles"."reconsider_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "audiences_name" ON "audiences" USING btree ("shop_id","name");--> statement-breakpoint
CREATE INDEX "audience_members_subject" ON "audience_members" USING btree ("shop_id","kind","subject_id");--> statement-breakpoint
ALTER TABLE "visitors" ADD CONSTRAINT "visitors_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visitors_customer" ON "visitors" USING btree ("customer_id") WHERE "visitors"."customer_id" is not null;