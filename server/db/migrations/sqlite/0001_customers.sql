CREATE TABLE `identity_settings` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`rule` text NOT NULL,
	`secret` text NOT NULL,
	`former_secret` text,
	`jwt_algorithm` text NOT NULL,
	`jwt_public_key` text,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `customers` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`user_id` text,
	`email` text,
	`phone` text,
	`first_name` text,
	`last_name` text,
	`birth_on` text,
	`languages` text NOT NULL,
	`tags` text NOT NULL,
	`attributes` text NOT NULL,
	`trait_stamps` text NOT NULL,
	`is_verified` integer NOT NULL,
	`merged_into` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`merged_into`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_public_id` ON `customers` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `customers_user_id` ON `customers` (`shop_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `customers_email` ON `customers` (`shop_id`,`email`) WHERE "customers"."email" is not null;--> statement-breakpoint
CREATE INDEX `customers_phone` ON `customers` (`shop_id`,`phone`) WHERE "customers"."phone" is not null;--> statement-breakpoint
CREATE INDEX `customers_merged_into` ON `customers` (`merged_into`,`shop_id`) WHERE "customers"."merged_into" is not null;--> statement-breakpoint
CREATE TABLE `orders` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`order_id` text NOT NULL,
	`customer_id` integer,
	`visitor_id` integer,
	`total` integer,
	`currency` text,
	`lines` text NOT NULL,
	`status` text NOT NULL,
	`status_times` text NOT NULL,
	`source` text NOT NULL,
	`is_verified` integer NOT NULL,
	`at` integer NOT NULL,
	`event_id` blob,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_order_id` ON `orders` (`shop_id`,`order_id`);--> statement-breakpoint
CREATE INDEX `orders_customer` ON `orders` (`customer_id`,`shop_id`,`at`) WHERE "orders"."customer_id" is not null;--> statement-breakpoint
CREATE INDEX `orders_visitor` ON `orders` (`shop_id`,`visitor_id`,`at`) WHERE "orders"."visitor_id" is not null;--> statement-breakpoint
CREATE TABLE `contact_lists` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_lists_public_id` ON `contact_lists` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `contact_lists_name` ON `contact_lists` (`shop_id`,`name`);--> statement-breakpoint
CREATE TABLE `contact_list_members` (
	`shop_id` integer NOT NULL,
	`list_id` integer NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `list_id`, `kind`, `value`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`list_id`) REFERENCES `contact_lists`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `contact_list_members_address` ON `contact_list_members` (`shop_id`,`kind`,`value`);--> statement-breakpoint
CREATE TABLE `list_imports` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`public_id` blob NOT NULL,
	`list_id` integer NOT NULL,
	`state` text NOT NULL,
	`encoding` text NOT NULL,
	`delimiter` text NOT NULL,
	`has_header` integer NOT NULL,
	`columns` text NOT NULL,
	`sample` text NOT NULL,
	`mapping` text NOT NULL,
	`lines` integer NOT NULL,
	`done_lines` integer NOT NULL,
	`done_records` integer NOT NULL,
	`added` integer NOT NULL,
	`already_there` integer NOT NULL,
	`fault_count` integer NOT NULL,
	`faults` text NOT NULL,
	`created_at` integer NOT NULL,
	`lease_holder` text,
	`lease_until` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`list_id`) REFERENCES `contact_lists`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `list_imports_public_id` ON `list_imports` (`shop_id`,`public_id`);--> statement-breakpoint
CREATE INDEX `list_imports_list` ON `list_imports` (`list_id`);--> statement-breakpoint
CREATE INDEX `list_imports_state` ON `list_imports` (`state`,`created_at`);--> statement-breakpoint
CREATE TABLE `list_import_chunks` (
	`shop_id` integer NOT NULL,
	`import_id` integer NOT NULL,
	`position` integer NOT NULL,
	`bytes` blob NOT NULL,
	PRIMARY KEY(`import_id`, `position`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`import_id`) REFERENCES `list_imports`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
