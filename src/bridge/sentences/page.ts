/** What the page says when it and the host of the run no longer understand each other. */
import { sayer } from './sentence';

export const PAGE_SENTENCES = {
  'page.notStarted': 'the engine has not been started',
  'page.noAnswer': 'the engine did not answer',
  'page.noQuestion': 'an answer to no question (id {{id}})',
  'page.otherAnswer': 'asked for {{wanted}}, got {{type}}',
  'page.notLoaded': 'the engine could not be loaded',
  'page.notRead': 'a message of the engine could not be read',
} as const;

export const sayOfPage = sayer(PAGE_SENTENCES);
