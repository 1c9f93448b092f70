CREATE INDEX `conversations_began` ON `conversations` (`shop_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_rated` ON `conversations` (`shop_id`,`created_at`,`id`) WHERE "conversations"."rating" is not null;--> statement-breakpoint
CREATE INDEX `messages_bot` ON `messages` (`conversation_id`) WHERE "messages"."author" = 'bot';