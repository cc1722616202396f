/** Ticketmaster's classification ids, as its answers carry them. */
export const SEGMENTS = {
  Music: "KZFzniwnSyZfZ7v7nJ",
  "Arts & Theatre": "KZFzniwnSyZfZ7v7na",
} as const;

type Genre = { segment: keyof typeof SEGMENTS; genre: [string, string]; subGenre: [string, string] };

export const genres = {
  rock: {
    segment: "Music",
    genre: ["KnvZfZ7vAeA", "Rock"],
    subGenre: ["KZazBEonSMnZfZ7v6dt", "Alternative Rock"],
  },
  pop: {
    segment: "Music",
    genre: ["KnvZfZ7vAev", "Pop"],
    subGenre: ["KZazBEonSMnZfZ7vkEl", "Pop Rock"],
  },
  metal: {
    segment: "Music",
    genre: ["KnvZfZ7vAvt", "Metal"],
    subGenre: ["KZazBEonSMnZfZ7vkFd", "Heavy Metal"],
  },
  other: {
    segment: "Music",
    genre: ["KnvZfZ7vAvl", "Other"],
    subGenre: ["KZazBEonSMnZfZ7vk1I", "Other"],
  },
  undefined: {
    segment: "Music",
    genre: ["KnvZfZ7vAe6", "Undefined"],
    subGenre: ["KZazBEonSMnZfZ7v6JI", "Undefined"],
  },
  // Shows up under classificationName=music, as the real one does, and only segmentId keeps it out.
  musical: {
    segment: "Arts & Theatre",
    genre: ["KnvZfZ7v7lA", "Music"],
    subGenre: ["KZazBEonSMnZfZ7vAve", "Musical"],
  },
} satisfies Record<string, Genre>;

export type GenreName = keyof typeof genres;

/** Type and subtype of a listing that sells something else than a seat. */
export const upsells = {
  parking: { type: ["KZAyXgnZfZ7vAva", "Parking"], subType: ["KZFzBErXgnZfZ7vAFe", "Parking"] },
  vip: { type: ["KZAyXgnZfZ7v7nJ", "Upsell"], subType: ["KZFzBErXgnZfZ7vAFJ", "VIP Club Access"] },
} as const;
