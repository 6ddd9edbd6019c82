import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { FieldChange } from '../../session/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.js';
import type { OwnRoutes, RouteAnswer } from '../own-routes.js';

/** What a tool works with: the tenant of the token, and the routes with that token's rights. */
export interface ToolSurroundings {
  readonly tenant: string;
  readonly routes: OwnRoutes;
  /** Tells the history of a session, if this is its cart, what changed in it. */
  readonly noteCart: (cart: NotedCart, changes: readonly FieldChange[]) => Promise<void>;
}

export interface NotedCart {
  readonly cartId: string;
  /** Absent: the session of the token. */
  readonly sessionId?: string | undefined;
}

export interface Tool<I extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  /** For a model: what it does, and when to use it. */
  readonly description: string;
  readonly input: I;
  /** Whether it changes nothing. */
  readonly readOnly: boolean;
  readonly run: (input: z.infer<I>, around: ToolSurroundings) => Promise<CallToolResult>;
}

/** Lets a list hold tools of different inputs; each `run` gets what its own `input` has checked. */
export const tool = <I extends z.ZodObject>(one: Tool<I>): Tool =>
  ({ ...one, run: (input, around) => one.run(one.input.parse(input), around) }) satisfies Tool;

/** @param next what the model may do now */
export function told(data: Json, next?: string): CallToolResult {
  const structured: JsonObject = { result: data, ...(next !== undefined && { next }) };
  return { content: [{ type: 'text', text: JSON.stringify(structured) }], structuredContent: structured };
}

/** Reports a refusal in the words of the route, with advice on what to do about it. */
export function refused({ status, body }: RouteAnswer, next = remedyOf(status)): CallToolResult {
  const fields = isJsonObject(body) ? body : {};
  const message = fields['message'] ?? fields['detail'] ?? fields['error_description'] ?? 'It was refused';
  const details = fields['details'];
  const structured: JsonObject = { status, message, ...(details !== undefined && { details }), next };
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(structured) }],
    structuredContent: structured,
  };
}

/** Passes a result of a route on, or its refusal. */
export const answered = (answer: RouteAnswer, next?: string): CallToolResult =>
  answer.status < 300 ? told(answer.body, next) : refused(answer);

function remedyOf(status: number): string {
  switch (status) {
    case 400:
    case 422:
      return 'Correct the named fields and call again.';
    case 401:
      return 'The session or the token has ended. Ask the person to sign in again.';
    case 403:
      return 'This token may not do that. Do not try again; tell the person.';
    case 404:
      return 'There is no such thing. Check the id; ended sessions are gone.';
    case 409:
      return 'Somebody else changed it. Read it again, then decide anew.';
    case 429:
      return 'Too many calls. Wait a minute.';
    default:
      return 'The service is busy. Try again in a few seconds.';
  }
}

/** Values of the context that a tool may change. */
export const contextValues = {
  siteCode: z.string().max(64).optional().describe('Code of the site, such as `main`.'),
  currency: z.string().max(3).optional().describe('ISO 4217 code that the site sells in, such as `EUR`.'),
  targetLocation: z.string().max(2).optional().describe('ISO 3166-1 alpha-2 code of the country to ship to.'),
  language: z.string().max(35).optional().describe('BCP 47 tag, such as `de`.'),
  attributes: z
    .record(z.string().max(256), z.json())
    .optional()
    .describe('Custom attributes to set, by name. null removes one; others stay.'),
};

export const quantity = z.number().int().min(1).max(9_999).describe('How many pieces.');
