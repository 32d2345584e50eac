// A method's `this` is part of the key. A class says with `cacheKey` what makes two of its instances the same.
import { cacheKey, TempCache } from 'tempcache';

const cache = TempCache.temporary();

class City {
  constructor(name, country) {
    this.name = name;
    this.country = country;
    this.visits = 0; // Changes all the time and must not matter.
  }

  [cacheKey]() {
    return [this.name, this.country];
  }
}

City.prototype.forecast = cache.wrap(function forecast(day) {
  console.log(`  computing the weather of ${day} for ${this.name}, ${this.country}`);
  return `${day} in ${this.name}, ${this.country}: ${this.country.length + day.length} degrees`;
});

const paris = new City('Paris', 'France');
console.log(paris.forecast('Monday'));
paris.visits += 1;
console.log(paris.forecast('Monday'));
console.log(new City('Paris', 'Texas').forecast('Monday'));
