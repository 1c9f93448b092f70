CREATE TABLE `visitor_profiles` (
	`subject_id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`consent` text,
	`audiences` text NOT NULL,
	`reconsider_at` integer,
	`last_at` integer NOT NULL,
	`visits` integer NOT NULL,
	`orders` integer NOT NULL,
	FOREIGN KEY (`subject_id`) REFERENCES `visitors`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `visitor_profiles_seen` ON `visitor_profiles` (`shop_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `visitor_profiles_due` ON `visitor_profiles` (`reconsider_at`) WHERE "visitor_profiles"."reconsider_at" is not null;--> statement-breakpoint
CREATE TABLE `customer_profiles` (
	`subject_id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`consent` text,
	`audiences` text NOT NULL,
	`reconsider_at` integer,
	`last_at` integer NOT NULL,
	`visits` integer NOT NULL,
	`orders` integer NOT NULL,
	FOREIGN KEY (`subject_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_profiles_seen` ON `customer_profiles` (`shop_id`,`last_at`);--> statement-breakpoint
CREATE INDEX `customer_profiles_due` ON `customer_profiles` (`reconsider_at`) WHERE "customer_profiles"."reconsider_at" is not null;--> statement-breakpoint
CREATE TABLE `audiences` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`name` text NOT NULL,
	`condition` text NOT NULL,
	`state` text NOT NULL,
	`fill_kind` text NOT NULL,
	`fill_to` integer NOT NULL,
	`filled` integer NOT NULL,
	`fill_total` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `audiences_name` ON `audiences` (`shop_id`,`name`);--> statement-breakpoint
CREATE TABLE `audience_members` (
	`shop_id` integer NOT NULL,
	`audience_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `audience_id`, `kind`, `subject_id`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`audience_id`) REFERENCES `audiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `audience_members_subject` ON `audience_members` (`shop_id`,`kind`,`subject_id`);--> statement-breakpoint
ALTER TABLE `shops` ADD `time_zone` text DEFAULT 'UTC' NOT NULL;--> statement-breakpoint
ALTER TABLE `shops` ADD `currency` text DEFAULT 'USD' NOT NULL;--> statement-breakpoint
ALTER TABLE `shops` ADD `targeting_epoch` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `visitors` ADD `customer_id` integer REFERENCES customers(id) ON DELETE SET NULL;--> statement-breakpoint
ALTER TABLE `visitors` ADD `is_customer_proven` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `visitors` ADD `note` text;--> statement-breakpoint
CREATE INDEX `visitors_customer` ON `visitors` (`customer_id`) WHERE "visitors"."customer_id" is not null;--> statement-breakpoint
ALTER TABLE `sessions` ADD `place` text;