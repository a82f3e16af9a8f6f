// Number types of reports and records. The generated schemas take type and bounds from here; the descriptions are those
// of the properties.

/**
 * A whole number.
 * @asType integer
 */
export type Integer = number;

/**
 * How many; also a length.
 * @asType integer
 * @minimum 0
 */
export type Count = number;

/**
 * How many; left out if there are none.
 * @asType integer
 * @minimum 1
 */
export type PositiveCount = number;

/**
 * Position, from 0.
 * @asType integer
 * @minimum 0
 */
export type Index = number;

/**
 * Line of the input, from 1.
 * @asType integer
 * @minimum 1
 */
export type LineNumber = number;

/**
 * Byte offset in the input, from 0.
 * @asType integer
 * @minimum 0
 */
export type ByteOffset = number;

/**
 * Milliseconds.
 * @minimum 0
 */
export type Milliseconds = number;

/**
 * HTTP status code.
 * @asType integer
 * @minimum 100
 * @maximum 999
 */
export type HttpStatus = number;
