CREATE TABLE `channels` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`name` text NOT NULL,
	`options` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `channels_public_id` ON `channels` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE TABLE `chat_settings` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`is_on` integer NOT NULL,
	`channel_id` integer,
	`routings` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE TABLE `channel_avatars` (
	`channel_id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`type` text NOT NULL,
	`content` blob NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `channel_operators` (
	`shop_id` integer NOT NULL,
	`channel_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`seated_at` integer,
	`was_idle` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `channel_id`, `member_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `channel_operators_channel` ON `channel_operators` (`channel_id`);--> statement-breakpoint
CREATE INDEX `channel_operators_member` ON `channel_operators` (`member_id`,`shop_id`);--> statement-breakpoint
CREATE TABLE `channel_invitations` (
	`shop_id` integer NOT NULL,
	`channel_id` integer NOT NULL,
	`link_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `channel_id`, `link_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`link_id`) REFERENCES `account_links`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `channel_invitations_channel` ON `channel_invitations` (`channel_id`);--> statement-breakpoint
CREATE INDEX `channel_invitations_link` ON `channel_invitations` (`link_id`);--> statement-breakpoint
CREATE TABLE `operator_presences` (
	`shop_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`presence` text NOT NULL,
	`active_at` integer NOT NULL,
	`max_chats` integer,
	PRIMARY KEY(`shop_id`, `member_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `operator_presences_member` ON `operator_presences` (`member_id`);--> statement-breakpoint
CREATE INDEX `operator_presences_active` ON `operator_presences` (`shop_id`,`active_at`);--> statement-breakpoint
CREATE TABLE `canned_replies` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`channel_id` integer,
	`shortcut` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `canned_replies_public_id` ON `canned_replies` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `canned_replies_shortcut` ON `canned_replies` (`shop_id`,`shortcut`);--> statement-breakpoint
CREATE INDEX `canned_replies_channel` ON `canned_replies` (`channel_id`);--> statement-breakpoint
CREATE TABLE `chat_mailings` (
	`shop_id` integer NOT NULL,
	`address_hash` blob NOT NULL,
	`day_on` text NOT NULL,
	PRIMARY KEY(`shop_id`, `address_hash`, `day_on`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`channel_id` integer NOT NULL,
	`begun_by` blob NOT NULL,
	`visitor_id` integer,
	`customer_id` integer,
	`state` text NOT NULL,
	`is_offline` integer DEFAULT false NOT NULL,
	`is_spam` integer DEFAULT false NOT NULL,
	`is_blocked` integer DEFAULT false NOT NULL,
	`name` text,
	`email` text,
	`language` text,
	`country` text,
	`page_url` text,
	`page_title` text,
	`fields` text NOT NULL,
	`operator_id` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`last_number` integer DEFAULT 0 NOT NULL,
	`last_shown` integer DEFAULT 0 NOT NULL,
	`read_by_team` integer DEFAULT 0 NOT NULL,
	`read_by_visitor` integer DEFAULT 0 NOT NULL,
	`unread` integer DEFAULT 0 NOT NULL,
	`last_text` text,
	`last_author` text,
	`last_at` integer NOT NULL,
	`queued_at` integer,
	`first_answered_at` integer,
	`closed_at` integer,
	`lead_state` text DEFAULT 'none' NOT NULL,
	`potential` text DEFAULT 'none' NOT NULL,
	`follow_up_on` text,
	`rating` integer,
	`rating_comment` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`visitor_id`) REFERENCES `visitors`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`operator_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_public_id` ON `conversations` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_running_token` ON `conversations` (`shop_id`,`channel_id`,`begun_by`) WHERE "conversations"."closed_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `conversations_running_visitor` ON `conversations` (`shop_id`,`channel_id`,`visitor_id`) WHERE "conversations"."closed_at" is null;--> statement-breakpoint
CREATE INDEX `conversations_newest` ON `conversations` (`shop_id`,`last_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_queue` ON `conversations` (`shop_id`,`channel_id`,`state`,`queued_at`);--> statement-breakpoint
CREATE INDEX `conversations_operator` ON `conversations` (`operator_id`,`state`);--> statement-breakpoint
CREATE INDEX `conversations_channel` ON `conversations` (`channel_id`);--> statement-breakpoint
CREATE INDEX `conversations_visitor` ON `conversations` (`visitor_id`) WHERE "conversations"."visitor_id" is not null;--> statement-breakpoint
CREATE INDEX `conversations_customer` ON `conversations` (`customer_id`) WHERE "conversations"."customer_id" is not null;--> statement-breakpoint
CREATE TABLE `conversation_tokens` (
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`token_hash` blob NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `conversation_id`, `token_hash`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `conversation_tokens_conversation` ON `conversation_tokens` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `conversation_tokens_token` ON `conversation_tokens` (`shop_id`,`token_hash`);--> statement-breakpoint
CREATE TABLE `chat_attachments` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`file_key` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`uploaded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `chat_attachments_key` ON `chat_attachments` (`file_key`);--> statement-breakpoint
CREATE INDEX `chat_attachments_conversation` ON `chat_attachments` (`conversation_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`number` integer NOT NULL,
	`shown_number` integer,
	`client_id` text NOT NULL,
	`author` text NOT NULL,
	`member_id` integer,
	`author_name` text,
	`kind` text NOT NULL,
	`text` text,
	`body` text,
	`attachment_id` integer,
	`at` integer NOT NULL,
	`redacted_at` integer,
	PRIMARY KEY(`shop_id`, `conversation_id`, `number`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`attachment_id`) REFERENCES `chat_attachments`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_client_id` ON `messages` (`shop_id`,`conversation_id`,`client_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_shown` ON `messages` (`conversation_id`,`shown_number`);--> statement-breakpoint
CREATE INDEX `messages_member` ON `messages` (`member_id`) WHERE "messages"."member_id" is not null;--> statement-breakpoint
CREATE INDEX `messages_attachment` ON `messages` (`attachment_id`) WHERE "messages"."attachment_id" is not null;--> statement-breakpoint
CREATE TABLE `conversation_assignments` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`member_id` integer,
	`reason` text NOT NULL,
	`assigned_at` integer NOT NULL,
	`answered_at` integer,
	`ended_at` integer,
	`ended_by` text,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `conversation_assignments_running` ON `conversation_assignments` (`conversation_id`) WHERE "conversation_assignments"."ended_at" is null;--> statement-breakpoint
CREATE INDEX `conversation_assignments_conversation` ON `conversation_assignments` (`conversation_id`,`assigned_at`);--> statement-breakpoint
CREATE INDEX `conversation_assignments_member` ON `conversation_assignments` (`member_id`,`assigned_at`);--> statement-breakpoint
CREATE TABLE `conversation_colleagues` (
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `conversation_id`, `member_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `conversation_colleagues_conversation` ON `conversation_colleagues` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `conversation_colleagues_member` ON `conversation_colleagues` (`member_id`);--> statement-breakpoint
CREATE TABLE `conversation_tags` (
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`shop_id`, `conversation_id`, `tag`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `conversation_tags_conversation` ON `conversation_tags` (`conversation_id`);--> statement-breakpoint
CREATE INDEX `conversation_tags_tag` ON `conversation_tags` (`shop_id`,`tag`);--> statement-breakpoint
CREATE TABLE `chat_blocks` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`conversation_id` integer NOT NULL,
	`token_hash` blob,
	`visitor_id` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conversation_id`) REFERENCES `conversations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`visitor_id`) REFERENCES `visitors`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `chat_blocks_token` ON `chat_blocks` (`shop_id`,`token_hash`);--> statement-breakpoint
CREATE INDEX `chat_blocks_visitor` ON `chat_blocks` (`visitor_id`);--> statement-breakpoint
CREATE INDEX `chat_blocks_conversation` ON `chat_blocks` (`conversation_id`);