-- How many members an audience has is kept beside it: customers, and visitors who are nobody's yet. A table that is
-- rebuilt loses its triggers: whoever rebuilds `audiences`, `audience_members` or `visitors` makes them anew.
INSERT INTO `audience_counts` (`shop_id`, `audience_id`, `members`)
SELECT a.`shop_id`, a.`id`, (
  SELECT count(*) FROM `audience_members` m
  LEFT JOIN `visitors` v ON m.`kind` = 'visitor' AND v.`id` = m.`subject_id`
  WHERE m.`shop_id` = a.`shop_id` AND m.`audience_id` = a.`id` AND (m.`kind` = 'customer' OR v.`customer_id` IS NULL)
) FROM `audiences` a;
--> statement-breakpoint
CREATE TRIGGER `audience_counts_made` AFTER INSERT ON `audiences` BEGIN
  INSERT INTO `audience_counts` (`shop_id`, `audience_id`, `members`) VALUES (new.`shop_id`, new.`id`, 0);
END;
--> statement-breakpoint
CREATE TRIGGER `audience_counts_joined` AFTER INSERT ON `audience_members`
WHEN new.`kind` = 'customer' OR (SELECT `customer_id` FROM `visitors` WHERE `id` = new.`subject_id`) IS NULL
BEGIN
  UPDATE `audience_counts` SET `members` = `members` + 1 WHERE `audience_id` = new.`audience_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `audience_counts_left` AFTER DELETE ON `audience_members`
WHEN old.`kind` = 'customer' OR (SELECT `customer_id` FROM `visitors` WHERE `id` = old.`subject_id`) IS NULL
BEGIN
  UPDATE `audience_counts` SET `members` = `members` - 1 WHERE `audience_id` = old.`audience_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `audience_counts_known` AFTER UPDATE OF `customer_id` ON `visitors`
WHEN (old.`customer_id` IS NULL) <> (new.`customer_id` IS NULL)
BEGIN
  UPDATE `audience_counts` SET `members` = `members` + iif(new.`customer_id` IS NULL, 1, -1)
  WHERE `audience_id` IN (
    SELECT `audience_id` FROM `audience_members`
    WHERE `shop_id` = new.`shop_id` AND `kind` = 'visitor' AND `subject_id` = new.`id`
  );
END;
--> statement-breakpoint
CREATE TRIGGER `audience_counts_gone` AFTER DELETE ON `visitors` WHEN old.`customer_id` IS NOT NULL
BEGIN
  UPDATE `audience_counts` SET `members` = `members` + 1
  WHERE `audience_id` IN (
    SELECT `audience_id` FROM `audience_members`
    WHERE `shop_id` = old.`shop_id` AND `kind` = 'visitor' AND `subject_id` = old.`id`
  );
END;
