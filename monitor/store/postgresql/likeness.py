"""What makes PostgreSQL understand the statements of the rooms, which are written once for it and SQLite.

- Values stand as `?` and `:name` in them, `main.` names the archive itself, and LIKE sees no difference between small and
  capital letters: `translated`.
- Functions that SQLite brings and PostgreSQL does not are laid beside the tables: `FUNCTIONS`. What they are given is
  ours, so they do what our statements need of them, and no more.
"""

import re
from functools import lru_cache

_PARTS = re.compile(
    r"""'(?:[^']|'')*' | "[^"]*" | :: | \? | % | \bLIKE\b | :[A-Za-z_]\w* | \bmain\.""", re.VERBOSE
)


@lru_cache(maxsize=1024)
def translated(sql: str, schema: str) -> str:
    """As psycopg wants it: `%s`, `%(name)s`, and each other `%` twice."""

    def part(found: re.Match[str]) -> str:
        text = found[0]
        if text == "?":
            return "%s"
        if text == "main.":
            return f'"{schema}".'
        if text == "LIKE":
            return "ILIKE"
        if text[0] == ":" and text != "::":
            return f"%({text[1:]})s"
        return text.replace("%", "%%")

    return _PARTS.sub(part, sql)


JSON_EACH = """
CREATE FUNCTION json_each(text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS
  $$ SELECT one FROM json_array_elements_text(replace($1, '\\u0000', '\\ufffd')::json) AS one $$;
"""

# A path is one of ours: '$.items', '$.items.links'. What is no JSON, or not of the form, has nothing in it.
FUNCTIONS = (
    JSON_EACH
    + """
CREATE FUNCTION json_valid(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN $1::jsonb IS NOT NULL;
EXCEPTION WHEN OTHERS THEN
  RETURN false;
END $$;
CREATE FUNCTION json_at(text, text) RETURNS json LANGUAGE sql IMMUTABLE AS
  $$ SELECT $1::json #> string_to_array(substr($2, 3), '.') $$;
CREATE FUNCTION json_each(text, text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE AS
  $$ SELECT one #>> '{}' FROM json_array_elements(
       CASE WHEN json_typeof(json_at($1, $2)) = 'array' THEN json_at($1, $2) ELSE '[]' END) AS one $$;
CREATE FUNCTION json_extract(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT json_at($1, $2) #>> '{}' $$;
CREATE FUNCTION json_array_length(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN json_typeof(json_at($1, $2)) = 'array' THEN json_array_length(json_at($1, $2)) END $$;
CREATE FUNCTION json_set(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT jsonb_set($1::jsonb, string_to_array(substr($2, 3), '.'), to_jsonb($3))::text $$;
CREATE FUNCTION json_of(text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT array_to_json($1)::text $$;
CREATE AGGREGATE json_group_array(text) (SFUNC = array_append, STYPE = text[], INITCOND = '{}', FINALFUNC = json_of);
CREATE FUNCTION instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT strpos($1, $2) $$;
CREATE FUNCTION glob(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
  $$ SELECT $2 ~ ('^' || replace(replace(replace($1, '.', '[.]'), '+', '[+]'), '*', '.*') || '$') $$;
CREATE FUNCTION typeof(text) RETURNS text LANGUAGE sql IMMUTABLE AS
  $$ SELECT CASE WHEN $1 IS NULL THEN 'null' ELSE 'text' END $$;
CREATE FUNCTION typeof(anyelement) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'other' $$;
CREATE FUNCTION julianday(text) RETURNS double precision LANGUAGE sql STABLE AS
  $$ SELECT extract(epoch FROM $1::timestamptz)::double precision / 86400 + 2440587.5 $$;
CREATE FUNCTION date(text, text) RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT to_char($1::timestamptz AT TIME ZONE 'UTC' + $2::interval, 'YYYY-MM-DD') $$;
"""
)
