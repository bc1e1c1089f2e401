import type { Witness } from '../ancestry/decide.ts';
import type { Clock } from '../clock.ts';
import type { Relation } from '../forge/forge.ts';

/** What a tag can hold: the bytes exactly as the registry gave them. */
export interface Build {
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** What the source tag of one image names. */
export interface Source {
  readonly build: Build;
  /** What its platforms and index say about the commit; empty where that was not asked. */
  readonly witnesses: readonly { readonly name: string; readonly value: string | null }[];
}

export type PutAnswer =
  | { readonly kind: 'accepted'; readonly digest: string | null }
  /** 401 or 403: nothing was written. */
  | { readonly kind: 'denied'; readonly why: string }
  /** Another final no: nothing was written. */
  | { readonly kind: 'refused'; readonly why: string }
  /** A server fault or a lost answer: it may have been written. */
  | { readonly kind: 'unclear'; readonly why: string; readonly afterMs?: number };

/**
 * The world as a promotion sees it, one method a thing that can be asked or done: real registries and a forge, or a
 * simulation. Images are told apart by name. Every read throws CouldNotTell where it cannot be had.
 */
export interface Ports {
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Null with a reason: the tag, or a child that its index lists, is not there. */
  readSource(image: string): Promise<Source | { readonly missing: string }>;
  /** What the destination tag holds, bytes and all; null where it does not exist. */
  readTagged(image: string): Promise<Build | null>;
  /** The digest alone, as fast as can be: right before and right after a PUT. */
  readDigest(image: string): Promise<string | null>;
  /** The same at leisure, again and again: as cheap as can be for the registry. */
  watchDigest(image: string): Promise<string | null>;
  readBuild(image: string, digest: string): Promise<Build>;
  /** Which commits a build says it was made from. */
  readWitnesses(image: string, build: Build): Promise<Witness[]>;
  /** How the commit that is being promoted lies to this one. */
  relate(revision: string): Promise<Relation>;
  /** Makes the destination tag name this build. */
  put(image: string, build: Build): Promise<PutAnswer>;
}

/** What the user asked for. */
export interface Rules {
  readonly sha: string;
  readonly ancestry: boolean;
  /** The operator dispatched this by hand: what is served now is not compared, a competitor later is. */
  readonly override: boolean;
  readonly onUnlabelled: 'allow' | 'refuse';
  readonly labelCheck: boolean;
  readonly settleMs: number;
  /** How long a moved tag may take to show. */
  readonly confirmMs: number;
  /** The pause before a PUT is tried again. */
  readonly retryMs: number;
}

/** One image on its way. */
export interface Track {
  readonly image: string;
  readonly ours: Build;
  /** What the tag held when we last looked before a PUT of ours: where it goes back to. */
  before: Build | null;
  /** What it held when all began. */
  readonly atStart: string | null;
  /** What the tag held when last seen. */
  seen: string | null;
  /** Did a PUT of ours, that was not refused, go out? */
  written: boolean;
  /** Did the registry say that it took one? */
  accepted: boolean;
  /** The digest the registry answered to our PUT, where it is not ours. */
  strange: string | null;
  status: Status;
}

export type Status =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ours' }
  /** A newer build, or another build of the same commit, has the tag. */
  | { readonly kind: 'superseded'; readonly why: string }
  /** What has the tag is neither older nor newer. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Another build has the tag, and nobody asked us to judge it. */
  | { readonly kind: 'reported'; readonly why: string }
  /** The registry said no, or could not be asked. */
  | { readonly kind: 'failed'; readonly why: string };
