ALTER TABLE `conversations` ADD `era` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `conversation_tokens` ADD `is_proven` integer DEFAULT false NOT NULL;