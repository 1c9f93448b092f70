CREATE TABLE `chatbots` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`name` text NOT NULL,
	`steps` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `chatbots_public_id` ON `chatbots` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE TABLE `chat_rules` (
	`shop_id` integer NOT NULL,
	`channel_id` integer NOT NULL,
	`position` integer NOT NULL,
	`action` text NOT NULL,
	`page_pattern` text NOT NULL,
	`countries` text NOT NULL,
	`chatbot_id` integer,
	`bot_condition` text NOT NULL,
	`after_seconds` integer NOT NULL,
	`texts` text NOT NULL,
	PRIMARY KEY(`shop_id`, `channel_id`, `position`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`chatbot_id`) REFERENCES `chatbots`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE INDEX `chat_rules_channel` ON `chat_rules` (`channel_id`);--> statement-breakpoint
CREATE INDEX `chat_rules_chatbot` ON `chat_rules` (`chatbot_id`);