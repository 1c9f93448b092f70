CREATE TABLE `chatbot_versions` (
	`shop_id` integer NOT NULL,
	`chatbot_id` integer NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`steps` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `chatbot_id`, `version`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`chatbot_id`) REFERENCES `chatbots`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `chatbot_versions_chatbot` ON `chatbot_versions` (`chatbot_id`);--> statement-breakpoint
CREATE TABLE `bot_talks` (
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`chatbot_id` integer NOT NULL,
	`version` integer NOT NULL,
	`step_id` text,
	`answers` text NOT NULL,
	`attributes` text NOT NULL,
	`languages` text NOT NULL,
	`missed` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `conversation_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`chatbot_id`) REFERENCES `chatbots`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `bot_talks_conversation` ON `bot_talks` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `bot_talks_chatbot` ON `bot_talks` (`chatbot_id`);