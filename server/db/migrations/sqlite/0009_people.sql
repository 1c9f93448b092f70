CREATE TABLE `event_name_days` (
	`shop_id` integer NOT NULL,
	`day` integer NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `day`, `type`, `name`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `event_name_cursors` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`up_to` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `definitions` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`type` text,
	`owner` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `definitions_public_id` ON `definitions` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `definitions_name` ON `definitions` (`shop_id`,`kind`,`name`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`list` text NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_public_id` ON `saved_views` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_name` ON `saved_views` (`shop_id`,`list`,`name`);--> statement-breakpoint
DROP INDEX `visitors_customer`;--> statement-breakpoint
CREATE INDEX `visitors_row` ON `visitors` (`shop_id`,`id`);--> statement-breakpoint
CREATE INDEX `visitors_customer` ON `visitors` (`customer_id`,`shop_id`) WHERE "visitors"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX `orders_at` ON `orders` (`shop_id`,`at`);--> statement-breakpoint
CREATE INDEX `orders_status` ON `orders` (`shop_id`,`status`,`at`);