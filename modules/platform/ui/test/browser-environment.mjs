import { TestEnvironment } from 'jest-environment-jsdom';

/** jsdom with the fetch classes of Node, which a browser has and jsdom lacks. */
export default class BrowserEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, { Headers, Request, Response });
  }
}
