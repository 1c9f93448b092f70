export const VISITORS_PAGE_PATH = '/console/visitors'
export const CUSTOMERS_PAGE_PATH = '/console/customers'
export const PRODUCTS_PAGE_PATH = '/console/products'
export const EVENTS_PAGE_PATH = '/console/events'
