CREATE TABLE `shops` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`consent_mode` text NOT NULL,
	`is_first` integer,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `shops_first` ON `shops` (`is_first`);--> statement-breakpoint
CREATE TABLE `origins` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`origin` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `origins_origin` ON `origins` (`shop_id`,`origin`);--> statement-breakpoint
CREATE TABLE `keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`ending` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `keys_value` ON `keys` (`value`);--> statement-breakpoint
CREATE INDEX `keys_shop` ON `keys` (`shop_id`);--> statement-breakpoint
CREATE TABLE `one_time_links` (
	`token_hash` blob PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`spent_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `one_time_links_expiry` ON `one_time_links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `console_sessions` (
	`token_hash` blob PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `console_sessions_expiry` ON `console_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `visitors` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`joined_to` integer,
	`consent` text,
	`first_touch` text,
	`last_touch` text,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `visitors_public_id` ON `visitors` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE INDEX `visitors_seen` ON `visitors` (`shop_id`,`last_seen_at`);--> statement-breakpoint
CREATE INDEX `visitors_joined_to` ON `visitors` (`shop_id`,`joined_to`) WHERE "visitors"."joined_to" is not null;--> statement-breakpoint
CREATE TABLE `visitor_tokens` (
	`token_hash` blob NOT NULL,
	`shop_id` integer NOT NULL,
	`visitor_id` integer NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `visitor_id`, `token_hash`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`visitor_id`) REFERENCES `visitors`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`visitor_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`same_as` integer,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`clock_offset` integer NOT NULL,
	`touch` text,
	`device` text,
	`context` text,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`visitor_id`) REFERENCES `visitors`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_public_id` ON `sessions` (`shop_id`,`visitor_id`,`public_id`);--> statement-breakpoint
CREATE INDEX `sessions_started` ON `sessions` (`shop_id`,`visitor_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `sessions_seen` ON `sessions` (`shop_id`,`last_seen_at`);--> statement-breakpoint
-- WITHOUT ROWID by hand, which drizzle-kit can't write: the key is all there is.
CREATE TABLE `event_ids` (
	`shop_id` integer NOT NULL,
	`id` blob NOT NULL,
	PRIMARY KEY(`shop_id`, `id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`id` blob NOT NULL,
	`visitor_id` integer,
	`session_id` integer,
	`type` text NOT NULL,
	`name` text,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`client_seq` integer NOT NULL,
	`url` text NOT NULL,
	`referrer` text,
	`title` text,
	`page_type` text,
	`user_id` text,
	`group_id` text,
	`properties` text,
	`traits` text,
	`verified` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `events_visitor` ON `events` (`shop_id`,`visitor_id`);--> statement-breakpoint
CREATE INDEX `events_newest` ON `events` (`shop_id`);--> statement-breakpoint
CREATE TABLE `ingestion_counts` (
	`shop_id` integer NOT NULL,
	`day` integer NOT NULL,
	`outcome` text NOT NULL,
	`lane` integer NOT NULL,
	`count` integer NOT NULL,
	`last_detail` text,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `day`, `outcome`, `lane`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
