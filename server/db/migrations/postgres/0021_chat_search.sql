ALTER TABLE "conversations" ADD COLUMN "folded_name" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "folded_text" text;--> statement-breakpoint
UPDATE "chat_attachments" SET "name" = '' WHERE "removed_at" IS NOT NULL;