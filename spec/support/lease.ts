export { holderOf, takeLease } from '../../lib/testing/support.ts';
