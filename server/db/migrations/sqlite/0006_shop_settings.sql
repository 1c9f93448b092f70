ALTER TABLE `shops` ADD `languages` text DEFAULT '["en"]' NOT NULL;--> statement-breakpoint
ALTER TABLE `shops` ADD `retention_months` integer;--> statement-breakpoint
ALTER TABLE `shops` ADD `is_demo` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `shops_demo` ON `shops` (`is_demo`);--> statement-breakpoint
ALTER TABLE `keys` ADD `name` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `keys` ADD `maker_kind` text;--> statement-breakpoint
ALTER TABLE `keys` ADD `maker_name` text;--> statement-breakpoint
ALTER TABLE `keys` ADD `last_used_at` integer;