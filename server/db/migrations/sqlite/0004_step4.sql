CREATE TABLE `products` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`product_id` text NOT NULL,
	`sku` text,
	`name` text NOT NULL,
	`description` text,
	`url` text,
	`image_urls` text NOT NULL,
	`price` integer,
	`compare_at_price` integer,
	`currency` text,
	`categories` text NOT NULL,
	`brand` text,
	`tags` text NOT NULL,
	`attributes` text NOT NULL,
	`stock` integer,
	`state` text NOT NULL,
	`translations` text NOT NULL,
	`variants` text NOT NULL,
	`source` text NOT NULL,
	`content_hash` blob NOT NULL,
	`import_id` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `products_product_id` ON `products` (`shop_id`,`product_id`);--> statement-breakpoint
CREATE INDEX `products_sku` ON `products` (`shop_id`,`sku`);--> statement-breakpoint
CREATE INDEX `products_row` ON `products` (`shop_id`,`id`);--> statement-breakpoint
CREATE TABLE `product_words` (
	`shop_id` integer NOT NULL,
	`word` text NOT NULL,
	PRIMARY KEY(`shop_id`, `word`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
-- by hand: product_search.sql
-- Words are made by server/catalog/search-words.ts: ASCII's tokeniser takes them as they are.
CREATE VIRTUAL TABLE product_search USING fts5(main, whole, content='', contentless_delete=1, detail=column, tokenize='ascii');
