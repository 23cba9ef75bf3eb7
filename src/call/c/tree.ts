/** From the tree of one declaration to names with their types. */
import { evaluate, type FindConstant } from './constants.ts';
import type { Node } from './grammar.ts';
import { PrototypeError } from './prototype_error.ts';
import type { CType, Declared, Parameter, Place } from './types.ts';

/** What the reader of a tree asks of the declarations around it. */
export interface Scope {
  type(name: string): CType;
  tag(keyword: string, name: string): CType;
  define(keyword: string, name: string, type: CType): void;
  readonly constant: FindConstant;
  /** The type of C's own words, and of names that the grammar takes for such. */
  primitive(words: readonly string[]): CType;
}

/** A declaration that was read. */
export interface ReadTree {
  readonly isTypedef: boolean;
  readonly declared: readonly (Declared & { readonly at: Place })[];
  readonly constants: ReadonlyMap<string, bigint>;
  /** What does not parse; null where all does. */
  readonly error: { readonly sentence: string; readonly at: Place } | null;
}

/** Reads the tree of one declaration that begins at a place of its text. */
export function readTree(root: Node, from: number, scope: Scope): ReadTree {
  const reader = new TreeReader(from, scope);
  const node = root.namedChildren.find((one) => one !== null && declaring.has(one.type)) ?? null;
  const error = root.hasError || node === null ? reader.errorOf(root) : null;
  if (node === null) return { isTypedef: false, declared: [], constants: new Map(), error };
  const declared = reader.declaration(node);
  const isTypedef = node.type === 'type_definition';
  return { isTypedef, declared, constants: reader.constants, error };
}

/** The error of a declaration that does not parse. */
export function syntaxError({ error }: ReadTree, source: string): PrototypeError {
  const { sentence, at } = error!;
  return new PrototypeError(`The prototype does not parse. ${sentence}`, source, at.from, at.to);
}

const tags = { struct_specifier: 'struct', union_specifier: 'union', enum_specifier: 'enum' };
const declaring = new Set([
  ...['declaration', 'type_definition', 'function_definition'],
  ...Object.keys(tags),
]);
const qualifiers = new Set(['const', 'volatile', 'restrict']);
const naming = new Set(['identifier', 'type_identifier', 'field_identifier', 'primitive_type']);

/** A declarator that was walked through: from the inside out. */
interface Walked {
  readonly name: string | null;
  readonly type: CType;
}

class TreeReader {
  readonly constants = new Map<string, bigint>();
  readonly #from: number;
  readonly #scope: Scope;

  constructor(from: number, scope: Scope) {
    this.#from = from;
    this.#scope = scope;
  }

  declaration(node: Node): (Declared & { at: Place })[] {
    const specifier = Object.hasOwn(tags, node.type) ? node : node.childForFieldName('type');
    if (specifier === null) return [];
    const base = this.#specifier(specifier);
    const at = this.#place(specifier);
    const isConst = isConstant(node);
    return node.childrenForFieldName('declarator').flatMap((declarator) => {
      const { name, type } = this.#declarator(declarator!, base, isConst);
      return name === null ? [] : [{ name, type, at }];
    });
  }

  errorOf(root: Node): { sentence: string; at: Place } {
    const missing = root.descendantsOfType('ERROR').find((one) => one !== null);
    const node = findMissing(root) ?? missing ?? root;
    const at = this.#place(node);
    const sentence = node.isMissing
      ? `"${node.type}" is expected here.`
      : 'No function of C is declared like this.';
    return { sentence, at };
  }

  #place(node: Node): Place {
    return { from: this.#from + node.startIndex, to: this.#from + node.endIndex };
  }

  #specifier(node: Node): CType {
    if (Object.hasOwn(tags, node.type)) return this.#tagged(node, tags[node.type as never]);
    if (node.type === 'type_identifier') return this.#scope.type(node.text);
    const words = node.text.split(/\s+/).filter((word) => !qualifiers.has(word));
    return this.#scope.primitive(words);
  }

  #tagged(node: Node, keyword: string): CType {
    const name = node.childForFieldName('name')?.text ?? null;
    const body = node.childForFieldName('body');
    if (body === null) return this.#scope.tag(keyword, name ?? '');
    const type = keyword === 'enum' ? this.#enum(body) : this.#struct(keyword, name, body);
    if (name !== null) this.#scope.define(keyword, name, type);
    return type;
  }

  #enum(body: Node): CType {
    const own = new Map<string, bigint>();
    let next: bigint | null = 0n;
    for (const one of body.namedChildren) {
      if (one?.type !== 'enumerator') continue;
      const name = one.childForFieldName('name')!.text;
      const value = one.childForFieldName('value');
      const find = (wanted: string) => own.get(wanted) ?? this.#scope.constant(wanted);
      if (value !== null) next = evaluate(value.text, find);
      if (next === null) continue;
      own.set(name, next);
      this.constants.set(name, next);
      next++;
    }
    return { kind: 'enum', constants: own };
  }

  #struct(keyword: string, name: string | null, body: Node): CType {
    const fields: Declared[] = [];
    let why = keyword === 'union' ? 'A union by value has no form in any runtime.' : null;
    for (const one of body.namedChildren) {
      if (one?.type !== 'field_declaration') continue;
      if (one.namedChildren.some((part) => part?.type === 'bitfield_clause')) {
        why = 'A struct with fields of single bits is not passed by value.';
      }
      const specifier = one.childForFieldName('type');
      if (specifier === null) continue;
      const base = this.#specifier(specifier);
      const declarators = one.childrenForFieldName('declarator');
      if (declarators.length === 0) fields.push({ name: `field${fields.length + 1}`, type: base });
      for (const declarator of declarators) {
        const walked = this.#declarator(declarator!, base, isConstant(one));
        fields.push({ name: walked.name ?? `field${fields.length + 1}`, type: walked.type });
      }
    }
    return { kind: 'struct', name: `${keyword} ${name ?? '{…}'}`, fields, why };
  }

  /** A declarator around a type. */
  #declarator(node: Node, base: CType, isConst: boolean): Walked {
    if (naming.has(node.type)) return { name: node.text, type: base };
    const inner = node.childForFieldName('declarator') ??
      node.namedChildren.find((one) => one !== null && /declarator|identifier/.test(one.type)) ??
      null;
    const outwards = (type: CType, constant = false): Walked =>
      inner === null ? { name: null, type } : this.#declarator(inner, type, constant);
    switch (node.type) {
      case 'pointer_declarator':
      case 'abstract_pointer_declarator':
        return outwards({ kind: 'pointer', to: base, isConst }, isConstant(node));
      case 'array_declarator':
      case 'abstract_array_declarator': {
        const size = node.childForFieldName('size')?.text ?? '';
        const length = evaluate(size, this.#scope.constant);
        return outwards(
          { kind: 'array', of: base, length: length === null ? null : Number(length), isConst },
          isConst,
        );
      }
      case 'function_declarator':
      case 'abstract_function_declarator':
        return outwards(this.#function(node, base));
      default:
        return outwards(base, isConst);
    }
  }

  #function(node: Node, result: CType): CType {
    const list = node.childForFieldName('parameters');
    const parameters: Parameter[] = [];
    let isVariadic = false;
    for (const one of list?.namedChildren ?? []) {
      if (one === null || one.type === 'comment') continue;
      if (one.type === 'variadic_parameter') isVariadic = true;
      else parameters.push(this.#parameter(one));
    }
    const [first] = parameters;
    const isNone = parameters.length === 1 && first!.type.kind === 'void' && first!.name === null;
    return { kind: 'function', result, parameters: isNone ? [] : parameters, isVariadic };
  }

  #parameter(node: Node): Parameter {
    const specifier = node.childForFieldName('type');
    const at = this.#place(specifier ?? node);
    // A list of names alone, `f(size_t)`, may be taken for one of the first C.
    if (specifier === null) {
      return { name: null, type: this.#scope.primitive([node.text]), written: node.text, at };
    }
    const written = specifier.text.replace(/\s+/g, ' ');
    const base = this.#specifier(specifier);
    const declarator = node.childForFieldName('declarator');
    if (declarator === null) return { name: null, type: base, written, at };
    const { name, type } = this.#declarator(declarator, base, isConstant(node));
    return { name, type, written, at };
  }
}

/** Whether `const` stands among the direct parts of a node. */
function isConstant(node: Node): boolean {
  return node.children.some((one) => one?.type === 'type_qualifier' && one.text === 'const');
}

function findMissing(node: Node): Node | null {
  if (node.isMissing) return node;
  for (const child of node.children) {
    const found = child === null ? null : findMissing(child);
    if (found !== null) return found;
  }
  return null;
}
