ALTER TABLE "shops" ADD COLUMN "languages" jsonb DEFAULT '["en"]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "retention_months" integer;--> statement-breakpoint
ALTER TABLE "shops" ADD COLUMN "is_demo" boolean;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "name" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "maker_kind" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "maker_name" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "last_used_at" bigint;--> statement-breakpoint
CREATE UNIQUE INDEX "shops_demo" ON "shops" USING btree ("is_demo");