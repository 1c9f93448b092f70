ALTER TABLE "catalog_feeds" ADD COLUMN "removed_at" bigint;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD COLUMN "checked_at" bigint;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD COLUMN "checked_entries" bigint;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD COLUMN "checked_hash" "bytea";--> statement-breakpoint
ALTER TABLE "audit_heads" ADD COLUMN "checked_fault" text;