CREATE TABLE `catalog_feeds` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`url` text NOT NULL,
	`schedule` text NOT NULL,
	`daily_at` text NOT NULL,
	`hides_missing` integer NOT NULL,
	`is_on` integer NOT NULL,
	`next_run_at` integer,
	`accepts_shrinking` integer NOT NULL,
	`run_job` text,
	`run_until` integer,
	`etag` text,
	`last_modified` text,
	`content_hash` blob,
	`import_id` integer,
	`is_importing` integer NOT NULL,
	`last_run_at` integer,
	`last_result` text,
	`last_error` text,
	`products` integer NOT NULL,
	`hidden` integer NOT NULL,
	`has_shrunk` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `catalog_feeds_public_id` ON `catalog_feeds` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE TABLE `catalog_feed_products` (
	`shop_id` integer NOT NULL,
	`feed_id` integer NOT NULL,
	`product_id` text NOT NULL,
	`seen_in` integer NOT NULL,
	`is_hidden` integer NOT NULL,
	PRIMARY KEY(`feed_id`, `product_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`feed_id`) REFERENCES `catalog_feeds`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `catalog_feed_products_seen` ON `catalog_feed_products` (`feed_id`,`seen_in`);--> statement-breakpoint
ALTER TABLE `file_imports` ADD `feed_id` integer;--> statement-breakpoint
ALTER TABLE `audiences` ADD `is_told` integer DEFAULT false NOT NULL;