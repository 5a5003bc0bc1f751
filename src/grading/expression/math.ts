import mathjs from 'mathjs/lib/browser/math.js';

/**
 * The one instance of mathjs: making its parser is most of what it costs to start. What learners type is only ever
 * parsed by it; the bank also evaluates what the authors of questions write.
 * `predictable`: sqrt(-1) is NaN, which a draw rejects, and not a complex number.
 */
export const math = mathjs.create({ matrix: 'Array', predictable: true });

// Nobody here means m as a metre, and the tables of units would be half of the parser's cost.
Reflect.deleteProperty(math, 'Unit');
