CREATE TABLE `members` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` blob NOT NULL,
	`email` text NOT NULL,
	`password_hash` text NOT NULL,
	`name` text NOT NULL,
	`alias` text,
	`languages` text NOT NULL,
	`time_zone` text,
	`preferences` text NOT NULL,
	`created_at` integer NOT NULL,
	`password_changed_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `members_public_id` ON `members` (`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `members_email` ON `members` (`email`);--> statement-breakpoint
CREATE TABLE `member_roles` (
	`shop_id` integer NOT NULL,
	`member_id` integer NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `member_id`, `role`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `member_roles_member` ON `member_roles` (`member_id`);--> statement-breakpoint
CREATE TABLE `member_sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` blob NOT NULL,
	`token_hash` blob NOT NULL,
	`member_id` integer NOT NULL,
	`device` text NOT NULL,
	`address_group` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer NOT NULL,
	`signed_in_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `member_sessions_token` ON `member_sessions` (`token_hash`);--> statement-breakpoint
CREATE INDEX `member_sessions_member` ON `member_sessions` (`member_id`);--> statement-breakpoint
CREATE INDEX `member_sessions_expiry` ON `member_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `account_links` (
	`id` integer PRIMARY KEY NOT NULL,
	`public_id` blob NOT NULL,
	`token_hash` blob NOT NULL,
	`kind` text NOT NULL,
	`shop_id` integer,
	`email` text,
	`roles` text NOT NULL,
	`invited_by` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`spent_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invited_by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `account_links_token` ON `account_links` (`token_hash`);--> statement-breakpoint
CREATE INDEX `account_links_shop` ON `account_links` (`shop_id`,`email`);--> statement-breakpoint
CREATE INDEX `account_links_expiry` ON `account_links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`subject` blob PRIMARY KEY NOT NULL,
	`attempts` integer NOT NULL,
	`is_allowed` integer NOT NULL,
	`blocked_until` integer NOT NULL,
	`tried_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_in_attempts_tried` ON `sign_in_attempts` (`tried_at`);--> statement-breakpoint
CREATE TABLE `second_factors` (
	`member_id` integer PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`confirmed_at` integer,
	`last_step` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`member_id` integer NOT NULL,
	`code_hash` blob NOT NULL,
	`spent_at` integer,
	PRIMARY KEY(`member_id`, `code_hash`),
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `member_photos` (
	`member_id` integer PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`content` blob NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
