import type { Texts } from '../texts.ts'

export const firstRun = {
  'nav.first_run': 'Set up',
  'first_run.title': 'Set up {shop}',
  'first_run.intro':
    'Four steps, in any order. You can leave and come back: what is done stays done.',
  'first_run.steps': 'Steps',
  'first_run.is_done': 'done',
  'first_run.skip': 'Skip for now',
  'first_run.next': 'Continue',
  'first_run.save': 'Save and continue',

  'first_run.shop': 'Your shop',
  'first_run.shop.title': 'What is your shop called?',
  'first_run.shop.text':
    'Your customers and members see the name. All of this can be changed later.',
  'first_run.shop.name': 'Name of the shop',
  'first_run.shop.name_missing': 'Write what the shop is called.',
  'first_run.shop.currency': 'Currency',
  'first_run.shop.currency.hint': 'Of prices and orders that name none.',
  'first_run.shop.zone': 'Time zone',
  'first_run.shop.zone.hint': 'Whose days and hours your figures and conditions mean.',

  'first_run.new.title': 'New shop',
  'first_run.new.text':
    'A shop of its own on this server, with its own key, members and data. You will own it.',
  'first_run.new.action': 'Create shop',

  'first_run.origin': 'Address',
  'first_run.origin.title': 'Where is your shop?',
  'first_run.origin.text':
    'Only pages of the addresses that you list may send events in your shop’s name. Until you list one, any site may.',
  'first_run.origin.address': 'Address of the shop',
  'first_run.origin.another': 'Another address',
  'first_run.origin.hint': 'As it stands in the browser, for example https://www.myshop.com',
  'first_run.origin.fault': 'Write an address like https://www.myshop.com.',
  'first_run.origin.twin': 'Also {origin}',
  'first_run.origin.listed': 'Listed: {origins}',

  'first_run.snippet': 'The snippet',
  'first_run.snippet.title': 'Put the snippet on your pages',
  'first_run.snippet.text':
    'One line, the same on every page. It loads without holding the page up, and stores nothing before consent.',
  'first_run.snippet.platform': 'Your shop runs on',
  'first_run.snippet.copy': 'Copy snippet',
  'first_run.snippet.how': 'How to do it in {platform}',
  'first_run.snippet.later': 'Do it later',

  'first_run.check.waiting': 'Waiting for the first event',
  'first_run.check.hint':
    'Open your shop in another tab, or load it again. It appears here at once.',
  'first_run.check.demo': 'So far only the demo shop on this server has sent something.',
  'first_run.check.arrived': 'First event received',
  'first_run.check.long': 'Nothing yet? Mostly it is one of these:',
  'first_run.check.reason.page':
    'The snippet is not on the page that you opened: the change is not published, or a cache still gives the old page. Look for “gp.js” in the page’s source.',
  'first_run.check.reason.origin':
    'The page is at another address than those you listed, with or without www. for example.',
  'first_run.check.reason.origin.link': 'Look at the addresses',
  'first_run.check.reason.blocked':
    'Something in the browser holds it back: an ad blocker, or a Content-Security-Policy of the shop. Try a private window without extensions.',

  'first_run.experience': 'First experience',
  'first_run.experience.title': 'Greet your visitors',
  'first_run.experience.text':
    'Choose a design, put in what is yours, and publish it. You can pause it at any time.',
  'first_run.experience.choose': 'Designs',
  'first_run.example_item': 'Ceramic teapot',
  'first_run.wish.heading': 'What it says',
  'first_run.wish.heading.hint': 'Left as it is, every visitor reads it in their own language.',
  'first_run.wish.heading.fault': 'Write what it should say.',
  'first_run.wish.code': 'Coupon code',
  'first_run.wish.code.hint': 'Make it in your shop first, worth what is promised above.',
  'first_run.wish.code.fault': 'Write the code of a coupon that your shop takes.',
  'first_run.wish.amount': 'Shipping is free from ({currency})',
  'first_run.wish.amount.hint': 'As your shop has it, in whole units of your currency.',
  'first_run.wish.amount.fault': 'Write an amount above zero.',
  'first_run.wish.link': 'Where its button leads',
  'first_run.wish.link.hint': 'A path of your shop, like /cart, or an address with https://',
  'first_run.wish.link.fault': 'Write a path like /cart, or an address with https://',
  'first_run.publish': 'Publish',
  'first_run.save_draft': 'Save as a draft',
  'first_run.published': 'Published: it shows from the next page view on',
  'first_run.saved_draft': 'Saved as a draft',

  'first_run.done.title': 'Your shop is set up',
  'first_run.done.text': 'See your visitors as they come, or go on to the rest of the console.',
  'first_run.open': 'Open {origin}',
  'first_run.unseen': '“{name}” is published: now see it on your page',
  'first_run.unseen.load': 'It is there as soon as the page is.',
  'first_run.unseen.delay_exit':
    'Wait {seconds} seconds on the page, or move the pointer to the tabs above it, as if to leave.',
  'first_run.unseen.exit':
    'Move the pointer to the tabs above the page, as if to leave. Visitors need what its targeting asks for, too.',
  'first_run.unseen.other': 'It shows to those, and at the moment, that it is set to.',
  'first_run.seen': '“{name}” was seen by its first visitor',
  'first_run.results': 'Look at its results',
  'first_run.left.title': 'Still to do',
  'first_run.left.text': 'You can do this whenever you like.',
  'first_run.done.live': 'See who is there',
  'first_run.done.home': 'Go to the console',

  'template.newsletter-coupon.name': 'Newsletter with coupon',
  'template.newsletter-coupon.text':
    'Asks for an e-mail address and consent to news, and shows a coupon at once.',
  'template.exit-offer.name': 'Exit offer',
  'template.exit-offer.text':
    'Offers a coupon to somebody who is about to leave with a filled cart.',
  'template.free-shipping-bar.name': 'Free-shipping bar',
  'template.free-shipping-bar.text': 'Says how much a filled cart lacks for free shipping.',
  'template.cart-reminder.name': 'Cart reminder',
  'template.cart-reminder.text': 'Shows what is in the cart to somebody who is about to leave.',
  'template.announcement-bar.name': 'Announcement bar',
  'template.announcement-bar.text':
    'One line at the top of every page, with a link, until it is closed.',
  'template.product-launch.name': 'Product launch',
  'template.product-launch.text': 'Tells of something new in a corner, to whoever reads on.',
  'template.survey.name': 'Survey',
  'template.survey.text': 'Asks one question after an order, with room for words.',
  'template.nps.name': 'Would you recommend us? (NPS)',
  'template.nps.text': 'Asks customers from 0 to 10 how likely they are to recommend the shop.',
  'template.cookie-consent.name': 'Cookie consent',
  'template.cookie-consent.text':
    'Asks at the bottom of every page what may be stored, until the visitor has chosen.',
  'template.age-gate.name': 'Age gate',
  'template.age-gate.text':
    'Asks for the age before anything else, and sends those who are younger elsewhere.',
} as const satisfies Texts
