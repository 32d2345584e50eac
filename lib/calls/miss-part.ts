/**
 * Called before a miss begins. The package is built in parts that are loaded when they are used, and this function is of the
 * part that has all that a miss needs: it is loaded here, or cannot be loaded.
 *
 * @throws StoreError for a part that cannot be loaded
 */
export function loadMissPart(): void {
  // There is nothing to do: that it can be called is what matters.
}
