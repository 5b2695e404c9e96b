namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Makes a text of the same length in which strings and comments are blank, so that what brackets and words remain are code.</summary>
internal sealed class CodeMask
{
    private readonly string _text;
    private readonly string _language;
    private readonly bool _hash, _dash, _slash, _triple, _tick, _lifetimes;
    private int _at;

    private CodeMask(string language, string text)
    {
        (_language, _text) = (language, text);
        _hash = language is "php" or "bash" or "perl" or "r" or "powershell" or "graphql" or "fish" or "awk" or "python" or "cython" or "nim" or "ruby" or "elixir" or "julia" or "crystal";
        _dash = language is "lua" or "sql" or "haskell" or "elm" or "ada";
        _slash = language is "php" || (!_hash && !_dash);
        _triple = language is "python" or "cython" or "kotlin" or "scala" or "swift" or "groovy" or "java" or "dart" or "julia" or "elixir";
        _tick = language is "go" or "javascript" or "typescript" or "tsx";
        _lifetimes = language is "rust" or "haskell" or "ocaml" or "lisp" or "scheme" or "verilog" or "clojure";
    }

    /// <summary>Masks by the rules of a language; quotes that no one closes end with their line (a back-tick or triple quote with the text).</summary>
    public static string Of(string language, string text) => new CodeMask(language, text).Run();

    private string Run()
    {
        var mask = _text.ToCharArray();
        while (_at < _text.Length)
        {
            var end = Math.Min(TokenEnd(), _text.Length);
            if (end == _at) end++;
            else
                for (var at = _at; at < end; at++)
                    if (mask[at] is not ('\n' or '\r')) mask[at] = ' ';
            _at = end;
        }
        return new string(mask);
    }

    // Where the comment or string that begins here ends; here when none begins.
    private int TokenEnd() => _text[_at] switch
    {
        '/' when _slash && Has("//") => LineEnd(),
        '/' when (_slash || _language == "sql") && Has("/*") => Behind("*/", 2),
        '#' when _hash && (_at == 0 || _text[_at - 1] is not ('$' or '{' or '\\')) => LineEnd(),
        '-' when _language == "lua" && Has("--[[") => Behind("]]", 4),
        '-' when _dash && Has("--") => LineEnd(),
        '\'' when _language == "vb" => LineEnd(),
        '!' when _language == "fortran" => LineEnd(),
        '"' when _triple && Has("\"\"\"") => Behind("\"\"\"", 3),
        '\'' when _triple && Has("'''") => Behind("'''", 3),
        '`' when _tick => Quoted(isMultiLine: true),
        '"' => Quoted(isMultiLine: false),
        '\'' when _lifetimes => Character(),
        '\'' => Quoted(isMultiLine: false),
        _ => _at,
    };

    private bool Has(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private int LineEnd() => _text.IndexOf('\n', _at) is var end and >= 0 ? end : _text.Length;

    private int Behind(string sign, int skip) => _text.IndexOf(sign, Math.Min(_at + skip, _text.Length), StringComparison.Ordinal) is var end and >= 0 ? end + sign.Length : _text.Length;

    private int Quoted(bool isMultiLine)
    {
        for (var at = _at + 1; at < _text.Length; at++)
        {
            if (_text[at] == '\\') at++;
            else if (_text[at] == _text[_at]) return at + 1;
            else if (_text[at] == '\n' && !isMultiLine) return at;
        }
        return _text.Length;
    }

    // 'a' and '\n' are characters, 'a without a closing quote is a lifetime or a quoted symbol.
    private int Character()
    {
        if (_at + 2 < _text.Length && _text[_at + 1] == '\\') return Quoted(isMultiLine: false);
        return _at + 2 < _text.Length && _text[_at + 2] == '\'' ? _at + 3 : _at;
    }
}
