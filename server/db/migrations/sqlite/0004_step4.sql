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
CREATE TABLE `catalog_connections` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`public_id` blob NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`secret` text NOT NULL,
	`uses_stock` integer NOT NULL,
	`last_heard_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `catalog_connections_public_id` ON `catalog_connections` (`public_id`);--> statement-breakpoint
CREATE TABLE `catalog_hook_ids` (
	`shop_id` integer NOT NULL,
	`hook_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `hook_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `catalog_hook_ids_at` ON `catalog_hook_ids` (`shop_id`,`at`);--> statement-breakpoint
CREATE TABLE `product_words` (
	`shop_id` integer NOT NULL,
	`word` text NOT NULL,
	PRIMARY KEY(`shop_id`, `word`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `file_imports` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`format` text NOT NULL,
	`encoding` text NOT NULL,
	`delimiter` text NOT NULL,
	`has_header` integer NOT NULL,
	`columns` text NOT NULL,
	`sample` text NOT NULL,
	`mapping` text NOT NULL,
	`lines` integer NOT NULL,
	`done_lines` integer NOT NULL,
	`done_records` integer NOT NULL,
	`created` integer NOT NULL,
	`changed` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`fault_count` integer NOT NULL,
	`is_undoable` integer NOT NULL,
	`undone` integer NOT NULL,
	`created_at` integer NOT NULL,
	`lease_holder` text,
	`lease_until` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `file_imports_public_id` ON `file_imports` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE INDEX `file_imports_kind` ON `file_imports` (`shop_id`,`kind`,`id`);--> statement-breakpoint
CREATE INDEX `file_imports_state` ON `file_imports` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `file_import_chunks` (
	`shop_id` integer NOT NULL,
	`import_id` integer NOT NULL,
	`position` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`import_id`, `position`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`import_id`) REFERENCES `file_imports`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `file_import_faults` (
	`shop_id` integer NOT NULL,
	`import_id` integer NOT NULL,
	`record` integer NOT NULL,
	`line` integer NOT NULL,
	`fault` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`import_id`, `record`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`import_id`) REFERENCES `file_imports`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `product_import_changes` (
	`shop_id` integer NOT NULL,
	`import_id` integer NOT NULL,
	`product_id` text NOT NULL,
	`before` text,
	PRIMARY KEY(`import_id`, `product_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`import_id`) REFERENCES `file_imports`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `customer_consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`purpose` text NOT NULL,
	`channel` text NOT NULL,
	`is_granted` integer NOT NULL,
	`source` text NOT NULL,
	`note` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_consents_customer` ON `customer_consents` (`customer_id`,`shop_id`,`at`);--> statement-breakpoint
CREATE INDEX `customers_row` ON `customers` (`shop_id`,`id`);--> statement-breakpoint
CREATE INDEX `orders_row` ON `orders` (`shop_id`,`id`);
--> statement-breakpoint
-- by hand: product_search.sql
-- Words are made by server/catalog/search-words.ts: ASCII's tokeniser takes them as they are.
CREATE VIRTUAL TABLE product_search USING fts5(main, whole, content='', contentless_delete=1, detail=column, tokenize='ascii');
