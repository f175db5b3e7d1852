-- How words are written for search: what is stored and what is asked go through the same functions, so they meet
-- however they were typed. Nothing here asks the database's locale: which characters part words is listed, and what is
-- left over is letters and digits. The bodies are parsed when they are made, so a restored dump needs no search path.

-- The words of a text with one space between them, accents and capitals kept: in one Unicode form, without what nobody
-- sees (soft hyphens, zero-width characters), without the French articles and pronouns that lean on a word (l'emploi,
-- qu’habitat), and with a space for everything that is neither letter nor digit.
CREATE FUNCTION hub_spaced(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(
                normalize(translate(words, U&'\2018\2019\201A\201B\02B9\02BB\02BC\02C8\2032\0060\00B4\FF07', ''''''''''''''''''''''''''), NFKC),
                '[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF\uFFF9-\uFFFB\U000E0000-\U000E0FFF]',
                '', 'g'
            ),
            '[\u0001-\u0026\u0028-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF'
            '\u00D7\u00F7\u02B9-\u02DF\u02E5-\u02FF\u0375\u037E\u0384\u0385\u0387\u03F6\u0482\u055A-\u055F\u0589-\u058F\u05BE\u05C0'
            '\u05C3\u05C6\u05F3\u05F4\u0600-\u060F\u061B-\u061F\u066A-\u066D\u06D4\u06DD\u06DE\u06E9\u06FD\u06FE\u0700-\u070D\u0964\u0965\u0970\u0E3F'
            '\u0E4F\u0E5A\u0E5B\u10FB\u1680\u1FBD\u1FBF-\u1FC1\u1FCD-\u1FCF\u1FDD-\u1FDF\u1FED-\u1FEF\u1FFD-\u2070\u207A-\u207E'
            '\u208A-\u208E\u20A0-\u20CF\u2100\u2101\u2103-\u2106\u2108\u2109\u2114\u2116-\u2118\u211E-\u2123\u2125\u2127\u2129\u212E'
            '\u213A\u213B\u2140-\u2144\u214A-\u214D\u214F\u218A\u218B\u2190-\u245F\u249C-\u24E9\u2500-\u2775\u2794-\u2BFF\u2CE5-\u2CEA\u2CF9-\u2CFF\u2D70'
            '\u2E00-\u2E2E\u2E30-\u3004\u3008-\u3020\u3030\u3036\u3037\u303D-\u303F\u309B\u309C\u30A0\u30FB\uE000-\uF8FF\uFB29\uFBB2-\uFBC2'
            '\uFD3E\uFD3F\uFDCF\uFDFC-\uFDFF\uFE10-\uFE19\uFE30-\uFE6B\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFFF'
            '\U0001F000-\U0001FAFF\U000F0000-\U0010FFFD]',
            ' ', 'g'
        ),
        '(^|[ ''])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)''(?=[^ ''])', '\1', 'gi'
    ),
    '[ '']+', ' ', 'g'
));

-- The same without accents and capitals, as words are compared and stored: `L’Élan à Łódź` becomes `elan a lodz`.
CREATE FUNCTION hub_plain(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(lower(replace(replace(replace(replace(
    translate(
        regexp_replace(
            normalize(hub_spaced(words), NFKD), '[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]', '', 'g'
        ),
        'ØøŁłĐđÐðĦħŦŧŊŋıĸẞÆŒÞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣςΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐ',
        'oollddddhhttnnikßæœþαβγδεζηθικλμνξοπρσστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґ'
    ),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th') COLLATE "C"), ' +', ' ', 'g'));

-- What a reader typed, in the syntax of PostgreSQL's web search. What is quoted, in whichever language's marks, is a
-- phrase; so is a word with something inside (`sans-abri`, `2021-2027`, `S-1.6`). A minus says "not" where a word
-- follows it and nothing but a space is before it; before a number it is part of that.
CREATE FUNCTION hub_asked(typed text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT coalesce(string_agg(
        CASE WHEN part[1] IS NOT NULL AND plain <> '' THEN '-' ELSE '' END
        || CASE WHEN part[2] IS NOT NULL OR strpos(plain, ' ') > 0 THEN '"' || plain || '"' ELSE plain END,
        ' ' ORDER BY place
    ), '')
    FROM regexp_matches(
        ' ' || normalize(translate(
            typed,
            U&'\201C\201D\201E\201F\00AB\00BB\2039\203A\301D\301E\301F\00B4\0009\000A\000B\000C\000D\0085\2028\2029',
            '"""""""""""''        '
        ), NFKC),
        '(?: +(-)(?=["[:alpha:]\u0080-\U0010FFFF]))?(?: *"([^"]*)(?:"|$)| *([^ "]+))', 'g'
    ) WITH ORDINALITY AS found(part, place)
    CROSS JOIN hub_plain(coalesce(part[2], part[3])) AS plain
    WHERE plain <> ''
);

CREATE FUNCTION hub_configuration(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE language WHEN 'nl' THEN 'nccsi_nl'::regconfig WHEN 'fr' THEN 'nccsi_fr'::regconfig
    WHEN 'de' THEN 'nccsi_de'::regconfig WHEN 'en' THEN 'nccsi_en'::regconfig ELSE 'nccsi_simple'::regconfig END;

-- The vector of a text in its language, from the words of each weight.
CREATE FUNCTION hub_vector(language text, a text, b text DEFAULT '', c text DEFAULT '', d text DEFAULT '')
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN setweight(to_tsvector(hub_configuration(language), hub_plain(coalesce(a, ''))), 'A')
    || setweight(to_tsvector(hub_configuration(language), hub_plain(coalesce(b, ''))), 'B')
    || setweight(to_tsvector(hub_configuration(language), hub_plain(coalesce(c, ''))), 'C')
    || setweight(to_tsvector(hub_configuration(language), hub_plain(coalesce(d, ''))), 'D');

-- What a text in this language is asked for when somebody types this.
CREATE FUNCTION hub_query(language text, typed text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN websearch_to_tsquery(hub_configuration(language), hub_asked(typed));
