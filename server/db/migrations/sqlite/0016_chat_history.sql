CREATE TABLE `chat_codes` (
	`shop_id` integer NOT NULL,
	`token_hash` blob NOT NULL,
	`email` text NOT NULL,
	`code_hash` blob NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `token_hash`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `chat_codes_expiry` ON `chat_codes` (`expires_at`);--> statement-breakpoint
CREATE INDEX `chat_codes_email` ON `chat_codes` (`shop_id`,`email`);--> statement-breakpoint
CREATE TABLE `chat_code_requests` (
	`shop_id` integer NOT NULL,
	`subject_hash` blob NOT NULL,
	`day_on` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `subject_hash`, `day_on`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `chat_code_requests_day` ON `chat_code_requests` (`day_on`);--> statement-breakpoint
CREATE TABLE `chat_proven_addresses` (
	`shop_id` integer NOT NULL,
	`token_hash` blob NOT NULL,
	`email` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `token_hash`, `email`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `chat_proven_addresses_expiry` ON `chat_proven_addresses` (`expires_at`);--> statement-breakpoint
CREATE INDEX `chat_proven_addresses_email` ON `chat_proven_addresses` (`shop_id`,`email`);--> statement-breakpoint
-- By hand: a customer could have had several that run. The newest keeps them; the others are theirs by their visitors.
UPDATE conversations SET customer_id = NULL
WHERE closed_at IS NULL AND customer_id IS NOT NULL AND EXISTS (
	SELECT 1 FROM conversations newer
	WHERE newer.shop_id = conversations.shop_id AND newer.channel_id = conversations.channel_id
		AND newer.customer_id = conversations.customer_id AND newer.closed_at IS NULL AND newer.id > conversations.id
);--> statement-breakpoint
-- By hand: an address is compared with one that was proven, which is in lower case.
UPDATE conversations SET email = lower(trim(email)) WHERE email IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_running_customer` ON `conversations` (`shop_id`,`channel_id`,`customer_id`) WHERE "conversations"."closed_at" is null;--> statement-breakpoint
CREATE INDEX `conversations_email` ON `conversations` (`shop_id`,`email`) WHERE "conversations"."email" is not null;