CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`payload` text NOT NULL,
	`waiting_key` text,
	`unique_key` text,
	`state` text NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`lease_holder` text,
	`lease_until` integer,
	`progress_done` integer,
	`progress_total` integer,
	`progress_text` text,
	`last_error` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_waiting_key` ON `jobs` (`lane`,`waiting_key`);--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`state`,`due_at`);--> statement-breakpoint
CREATE INDEX `jobs_lane` ON `jobs` (`state`,`lane`,`due_at`);--> statement-breakpoint
CREATE INDEX `jobs_lease` ON `jobs` (`state`,`lease_until`);--> statement-breakpoint
CREATE INDEX `jobs_finished` ON `jobs` (`state`,`finished_at`);--> statement-breakpoint
CREATE INDEX `jobs_shop` ON `jobs` (`shop_id`,`state`,`id`);--> statement-breakpoint
CREATE TABLE `mails` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer,
	`state` text NOT NULL,
	`kind` text NOT NULL,
	`to_address` text NOT NULL,
	`to_name` text,
	`from_address` text,
	`from_name` text,
	`reply_to` text,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text,
	`language` text,
	`unsubscribe_url` text,
	`is_secret` integer NOT NULL,
	`message_id` text NOT NULL,
	`attempts` integer NOT NULL,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `mails_shop` ON `mails` (`shop_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `mails_age` ON `mails` (`state`,`created_at`);--> statement-breakpoint
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
	`secret` blob NOT NULL,
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
CREATE TABLE `audit_entries` (
	`shop_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_name` text NOT NULL,
	`address` text NOT NULL,
	`action` text NOT NULL,
	`object_kind` text NOT NULL,
	`object_id` text NOT NULL,
	`before` text,
	`after` text,
	`hash` blob NOT NULL,
	PRIMARY KEY(`shop_id`, `seq`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_entries_object` ON `audit_entries` (`shop_id`,`object_kind`,`object_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`shop_id`,`actor_kind`,`actor_name`,`seq`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` blob NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
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
	`secret` blob NOT NULL,
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
CREATE TABLE `webhooks` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`state` text NOT NULL,
	`description` text NOT NULL,
	`secret` blob NOT NULL,
	`former_secret` blob,
	`former_secret_until` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `webhooks_shop` ON `webhooks` (`shop_id`,`state`);--> statement-breakpoint
CREATE TABLE `webhook_messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`message_id` text NOT NULL,
	`type` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_messages_id` ON `webhook_messages` (`message_id`);--> statement-breakpoint
CREATE INDEX `webhook_messages_shop` ON `webhook_messages` (`shop_id`,`at`);--> statement-breakpoint
CREATE INDEX `webhook_messages_age` ON `webhook_messages` (`at`);--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`webhook_id` integer NOT NULL,
	`message_row` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`last_status` integer,
	`last_error` text,
	`delivered_at` integer,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`message_row`) REFERENCES `webhook_messages`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_once` ON `webhook_deliveries` (`webhook_id`,`message_row`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_shop` ON `webhook_deliveries` (`shop_id`,`webhook_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_message` ON `webhook_deliveries` (`message_row`);--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`delivery_id` integer NOT NULL,
	`at` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`status` integer,
	`answer` text NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`delivery_id`) REFERENCES `webhook_deliveries`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `webhook_attempts_delivery` ON `webhook_attempts` (`delivery_id`,`id`);--> statement-breakpoint
CREATE INDEX `customers_row` ON `customers` (`shop_id`,`id`);--> statement-breakpoint
CREATE INDEX `orders_row` ON `orders` (`shop_id`,`id`);
--> statement-breakpoint
-- by hand: product_search.sql
-- Words are made by server/catalog/search-words.ts: ASCII's tokeniser takes them as they are.
CREATE VIRTUAL TABLE product_search USING fts5(main, whole, content='', contentless_delete=1, detail=column, tokenize='ascii');
