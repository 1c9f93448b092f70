CREATE TABLE `experience_settings` (
	`shop_id` integer PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`is_on` integer NOT NULL,
	`per_session` integer,
	`gap_seconds` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `experiences` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`priority` integer NOT NULL,
	`targeting` text NOT NULL,
	`triggers` text NOT NULL,
	`frequency` text NOT NULL,
	`goal` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`content` text NOT NULL,
	`drawn` text NOT NULL,
	`thanks` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `experiences_key` ON `experiences` (`shop_id`,`key`);--> statement-breakpoint
CREATE TABLE `frequency_claims` (
	`shop_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`period` text NOT NULL,
	`number` integer NOT NULL,
	`claim_id` blob NOT NULL,
	`session_row` integer,
	`is_interruption` integer NOT NULL,
	`leased_until` integer NOT NULL,
	`spent_at` integer,
	PRIMARY KEY(`shop_id`, `kind`, `subject_id`, `experience_id`, `period`, `number`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `frequency_claims_claim` ON `frequency_claims` (`shop_id`,`claim_id`);--> statement-breakpoint
CREATE INDEX `frequency_claims_experience` ON `frequency_claims` (`experience_id`);--> statement-breakpoint
CREATE TABLE `frequency_stops` (
	`shop_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`shop_id`, `kind`, `subject_id`, `experience_id`, `reason`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `frequency_stops_experience` ON `frequency_stops` (`experience_id`);--> statement-breakpoint
CREATE TABLE `impressions` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`variant_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `impressions_subject` ON `impressions` (`shop_id`,`kind`,`subject_id`,`at`);--> statement-breakpoint
CREATE INDEX `impressions_experience` ON `impressions` (`experience_id`);--> statement-breakpoint
CREATE TABLE `conversions` (
	`shop_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`variant_id` text NOT NULL,
	`reached_key` text NOT NULL,
	`at` integer NOT NULL,
	`amount` integer,
	`currency` text,
	PRIMARY KEY(`shop_id`, `experience_id`, `reached_key`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `conversions_experience` ON `conversions` (`experience_id`);--> statement-breakpoint
CREATE TABLE `experience_days` (
	`shop_id` integer NOT NULL,
	`experience_id` integer NOT NULL,
	`variant_id` text NOT NULL,
	`day_on` text NOT NULL,
	`impressions` integer DEFAULT 0 NOT NULL,
	`clicks` integer DEFAULT 0 NOT NULL,
	`closes` integer DEFAULT 0 NOT NULL,
	`submissions` integer DEFAULT 0 NOT NULL,
	`conversions` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`shop_id`, `experience_id`, `variant_id`, `day_on`),
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `form_submissions` (
	`id` integer PRIMARY KEY NOT NULL,
	`shop_id` integer NOT NULL,
	`submission_id` blob NOT NULL,
	`experience_id` integer NOT NULL,
	`variant_id` text NOT NULL,
	`visitor_row` integer,
	`fields` text NOT NULL,
	`url` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`shop_id`) REFERENCES `shops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`experience_id`) REFERENCES `experiences`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `form_submissions_once` ON `form_submissions` (`shop_id`,`submission_id`);--> statement-breakpoint
CREATE INDEX `form_submissions_experience` ON `form_submissions` (`experience_id`,`id`);--> statement-breakpoint
DROP INDEX `visitor_profiles_seen`;--> statement-breakpoint
DROP INDEX `customer_profiles_seen`;