ALTER TABLE "conversations" ADD COLUMN "era" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation_tokens" ADD COLUMN "is_proven" boolean DEFAULT false NOT NULL;