-- PostgreSQL's stemmers behind `unaccent`, under names of our own: an immutable base for stored search vectors.
CREATE TEXT SEARCH CONFIGURATION nccsi_nl (COPY = dutch);
ALTER TEXT SEARCH CONFIGURATION nccsi_nl ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem;
CREATE TEXT SEARCH CONFIGURATION nccsi_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION nccsi_fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION nccsi_de (COPY = german);
ALTER TEXT SEARCH CONFIGURATION nccsi_de ALTER MAPPING FOR hword, hword_part, word WITH unaccent, german_stem;
CREATE TEXT SEARCH CONFIGURATION nccsi_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION nccsi_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE TEXT SEARCH CONFIGURATION nccsi_simple (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION nccsi_simple ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
