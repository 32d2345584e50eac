/** What the build has to know of modules and learns from their syntax trees. */

/**
 * What a module imports or hands on that it needs while it is loaded.
 *
 * @param {{ ast: object, importedIdResolutions: readonly { id: string }[], importedIds: readonly string[] }} info of rollup
 */
export function neededAtOnce({ ast, importedIds }) {
  const sources = ast.body.filter(({ source }) => source).map(({ source }) => source.value);
  const idOf = new Map([...new Set(sources)].map((source, index) => [source, importedIds[index]]));
  const given = ast.body
    .filter(({ type, source }) => source && type.startsWith('Export'))
    .map(({ source }) => source.value);
  const names = new Map();
  for (const { type, source, specifiers } of ast.body) {
    if (type === 'ImportDeclaration') for (const { local } of specifiers) names.set(local.name, source.value);
  }
  const used = [];
  for (const node of ast.body.filter(({ type }) => type !== 'ImportDeclaration')) {
    visitAtOnce(node, ({ type, name }) => type === 'Identifier' && names.has(name) && used.push(names.get(name)));
  }
  return [...new Set([...given, ...used])].map((source) => idOf.get(source)).filter(Boolean);
}

/** Visits what is evaluated when a module is, and neither what its functions do nor the names of properties. */
export function visitAtOnce(node, visit) {
  visitAll(
    node,
    visit,
    ({ type, static: isStatic }) => !/Function/.test(type) && (type !== 'PropertyDefinition' || isStatic),
  );
}

function visitAll(node, visit, enters = () => true) {
  if (!enters(node)) return;
  visit(node);
  for (const child of childrenOf(node)) visitAll(child, visit, enters);
}

function childrenOf(node) {
  const isName = (field) => (field === 'key' || field === 'property') && !node.computed;
  const fields = Object.entries(node).filter(([field]) => !isName(field));
  return fields.flatMap(([, child]) => child).filter((child) => typeof child?.type === 'string');
}

/** Of all scopes; what is imported is not at hand when a part is loaded. */
export function namesThatChange(program) {
  const names = new Set();
  visitAll(program, ({ type, left, argument, local }) => {
    if (type === 'AssignmentExpression') names.add(left.name);
    if (type === 'UpdateExpression') names.add(argument.name);
    if (type === 'ImportSpecifier') names.add(local.name);
  });
  return names;
}
