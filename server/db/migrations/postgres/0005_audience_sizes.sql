CREATE TABLE "audience_sizes" (
	"shop_id" bigint NOT NULL,
	"audience_id" bigint NOT NULL,
	"day" integer NOT NULL,
	"members" bigint NOT NULL,
	CONSTRAINT "audience_sizes_shop_id_audience_id_day_pk" PRIMARY KEY("shop_id","audience_id","day")
);
--> statement-breakpoint
ALTER TABLE "audience_sizes" ADD CONSTRAINT "audience_sizes_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audience_sizes" ADD CONSTRAINT "audience_sizes_audience_id_audiences_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."audiences"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audience_sizes_audience" ON "audience_sizes" USING btree ("audience_id");