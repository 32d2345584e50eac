import { cacheKey } from '../../lib/keys/cache-key.ts';

export interface OneShop {
  readonly tax: number;
  price(net: number): number;
}

/** A class whose instances say what they are. */
export const Shop: new (tax: number) => OneShop = class {
  readonly tax: number;
  constructor(tax: number) {
    this.tax = tax;
  }
  price(net: number): number {
    return net * this.tax;
  }
  [cacheKey](): number {
    return this.tax;
  }
};
