PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_webhook_deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
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
INSERT INTO `__new_webhook_deliveries`("id", "shop_id", "webhook_id", "message_row", "state", "attempts", "last_status", "last_error", "delivered_at") SELECT "id", "shop_id", "webhook_id", "message_row", "state", "attempts", "last_status", "last_error", "delivered_at" FROM `webhook_deliveries`;--> statement-breakpoint
DROP TABLE `webhook_deliveries`;--> statement-breakpoint
ALTER TABLE `__new_webhook_deliveries` RENAME TO `webhook_deliveries`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `webhook_deliveries_once` ON `webhook_deliveries` (`webhook_id`,`message_row`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_shop` ON `webhook_deliveries` (`shop_id`,`webhook_id`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_message` ON `webhook_deliveries` (`message_row`);--> statement-breakpoint
ALTER TABLE `catalog_feeds` ADD `removed_at` integer;--> statement-breakpoint
ALTER TABLE `audit_heads` ADD `checked_at` integer;--> statement-breakpoint
ALTER TABLE `audit_heads` ADD `checked_entries` integer;--> statement-breakpoint
ALTER TABLE `audit_heads` ADD `checked_hash` blob;--> statement-breakpoint
ALTER TABLE `audit_heads` ADD `checked_fault` text;